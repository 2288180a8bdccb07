using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>What came of a command. What holds for every decision is checked here, whatever a test asks for.</summary>
internal sealed class Outcome
{
    private readonly Scenario _before;

    public Outcome(Scenario before, IInstanceCommand command, Decision decision)
    {
        _before = before;
        Command = command;
        Decision = decision;
        After = before.With([.. decision.Events]);
        DecisionLaws.Check(before, decision);
    }

    public IInstanceCommand Command { get; }

    public Decision Decision { get; }

    /// <summary>The scenario with what was decided in its past.</summary>
    public Scenario After { get; }

    public CommandReply? Reply => Decision.Reply;

    /// <summary>These events, in this order, and no others.</summary>
    public Outcome Then(params Expected[] events)
    {
        var expected = events.Take(Decision.Events.Count).Select((make, i) => make(Decision.Events[i].Header, ScopeOf(i)));
        Assert.Equal(expected, Decision.Events);
        Assert.Equal(events.Length, Decision.Events.Count);
        return this;
    }

    public Outcome ThenNothing()
    {
        Assert.Empty(Decision.Events);
        Assert.Equal(_before.State, Decision.State);
        return this;
    }

    public Outcome In(InstancePhase phase)
    {
        Assert.Equal(phase, After.Phase);
        return this;
    }

    /// <summary>Accepted as the operation now under way.</summary>
    public Outcome RepliesAccepted()
    {
        var accepted = Assert.IsType<Accepted>(Reply);
        Assert.Equal(Sample.Id, accepted.InstanceId);
        Assert.Equal(After.Operation.Id, accepted.OperationId);
        return this;
    }

    public Outcome RepliesRefused(RefusalCode code)
    {
        var refused = Assert.IsType<Refused>(Reply);
        Assert.Equal(code, refused.Code);
        Assert.NotEmpty(refused.Reason);
        return this;
    }

    public Outcome Replies(CommandReply reply)
    {
        Assert.Equal(reply, Reply);
        return this;
    }

    public Outcome RepliesToNobody()
    {
        Assert.Null(Reply);
        return this;
    }

    private Scope ScopeOf(int index)
    {
        var at = _before.History.Count + index;
        return new Scope(
            OperationOf(_before.State), OperationOf(After.CutTo(at + 1).State) ?? OperationOf(After.CutTo(at).State));
    }

    private static OperationId? OperationOf(InstanceState state) =>
        state is InstanceState.Working { Operation.Id: var id } ? id : null;
}

/// <summary>The operations that an expected event may speak of.</summary>
/// <param name="Former">That under way before the command.</param>
/// <param name="Current">That under way behind the event, or which it ended.</param>
internal sealed record Scope(OperationId? Former, OperationId? Current);

/// <summary>An expected event, to be given the header of the one that it is compared with.</summary>
internal delegate InstanceEvent Expected(EventHeader header, Scope scope);
