using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>What every event says beside its own content: when, on whose behalf, where, and what it did to the phase.</summary>
/// <param name="EventId">Names the event; never used twice.</param>
/// <param name="CommandId">The message whose handling made it: events of one decision share it.</param>
/// <param name="InstanceId">Whose event it is.</param>
/// <param name="OccurredAt">When it was decided, UTC.</param>
/// <param name="Request">Who asked, and by which request.</param>
/// <param name="Host">The host the instance lives on.</param>
/// <param name="Before">The phase before it.</param>
/// <param name="After">The phase after it.</param>
public sealed record EventHeader(
    Guid EventId,
    Guid CommandId,
    InstanceId InstanceId,
    DateTimeOffset OccurredAt,
    RequestContext Request,
    HostId Host,
    InstancePhase Before,
    InstancePhase After);
