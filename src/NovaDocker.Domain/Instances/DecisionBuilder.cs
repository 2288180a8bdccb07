using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Instances;

/// <summary>
/// Collects the events of one decision and applies each as it is added, so that a decision can only consist of events
/// that may follow each other, and every header names the phases on both sides.
/// </summary>
internal sealed class DecisionBuilder(
    InstanceState state, DecisionContext context, InstanceId instanceId, HostId host, RequestContext request)
{
    private RequestContext _request = request;
    private readonly List<InstanceEvent> _events = [];

    public InstanceState State { get; private set; } = state;

    public DecisionContext Context => context;

    /// <summary>The id of an operation that this decision begins.</summary>
    public OperationId NewOperation => new(Derive(context.CommandId, 0xff));

    /// <summary>A builder on an instance that exists.</summary>
    public static DecisionBuilder On(InstanceState.Existing state, DecisionContext context, RequestContext request) =>
        new(state, context, state.Facts.InstanceId, state.Facts.Host, request);

    /// <summary>Adds an event.</summary>
    /// <param name="make">Makes it of its header.</param>
    /// <param name="landing">For an event that ends an operation: the phase it ends in.</param>
    public void Add(Func<EventHeader, InstanceEvent> make, InstancePhase? landing = null)
    {
        var header = new EventHeader(
            Derive(context.CommandId, (byte)_events.Count), context.CommandId, instanceId, context.Now,
            _request, host, State.Phase, landing ?? State.Phase);
        var @event = make(header);
        State = State.Apply(@event);
        _events.Add(State.Phase == header.After ? @event : @event with { Header = @event.Header with { After = State.Phase } });
    }

    /// <summary>What is added from here on is done on somebody else's behalf.</summary>
    public void GoOnFor(RequestContext request) => _request = request;

    public Decision Build(CommandReply? reply) => new(_events.ToEquatableArray(), reply, State);

    private static Guid Derive(Guid commandId, byte ordinal)
    {
        Span<byte> bytes = stackalloc byte[16];
        commandId.TryWriteBytes(bytes);
        bytes[15] ^= ordinal;
        return new Guid(bytes);
    }
}
