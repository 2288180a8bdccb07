using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Hosts;

/// <summary>What was done about a difference between Engine and journal. Numbers are on the wire and never change.</summary>
public enum FindingAction
{
    /// <summary>Nothing: only a report was asked for.</summary>
    Reported = 1,

    /// <summary>Nothing yet: it is removed if it is still there after the grace time.</summary>
    AwaitingGrace = 2,

    /// <summary>It was removed from the Engine.</summary>
    Removed = 3,

    /// <summary>The instance was told, and its history shows it.</summary>
    Recorded = 4,

    /// <summary>It could not be removed; the next comparison tries again.</summary>
    Failed = 5,
}

/// <summary>One difference between Engine and journal, as a commander is told of it.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Subject">The container's id, the image's tag, the port's id, or the device's name.</param>
/// <param name="InstanceId">The instance concerned; null where none is known.</param>
/// <param name="Action">What was done about it.</param>
/// <param name="Reason">Why it is one, and what came of the action.</param>
public sealed record ReconcileFinding(
    FindingKind Kind, string Subject, InstanceId? InstanceId, FindingAction Action, string Reason);
