using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>What holds for every decision in every state.</summary>
internal static class DecisionLaws
{
    public static void Check(Scenario before, Decision decision)
    {
        HeadersTellWhereTheEventHappened(before, decision);
        Assert.Equal(InstanceReplay.Fold([.. before.History, .. decision.Events]), decision.State);
        Assert.Equal(before.History.Count + decision.Events.Count, decision.State.Revision);
        Assert.IsNotType<InstanceWork.Advance>(InstanceWork.Outstanding(decision.State));
        TheRightToActOnlyMovesOn(before.State, decision.State);
        TheRestIsWhatItSays(decision.State);
        if (before.Phase == InstancePhase.Deleted)
        {
            // Nothing follows a deletion but answers, until somebody means to boot the instance once more.
            if (decision.Events is not [BootRequested, ..])
                Assert.All(decision.Events, e => Assert.IsType<CommandAnswered>(e));
        }
    }

    private static void HeadersTellWhereTheEventHappened(Scenario before, Decision decision)
    {
        var phase = before.Phase;
        foreach (var header in decision.Events.Select(e => e.Header))
        {
            Assert.Equal(phase, header.Before);
            Assert.Equal(before.Now, header.OccurredAt);
            Assert.Equal(Sample.Id, header.InstanceId);
            Assert.Equal(Sample.Host, header.Host);
            Assert.Equal(decision.Events[0].Header.CommandId, header.CommandId);
            phase = header.After;
        }

        Assert.Equal(decision.State.Phase, phase);
        var ids = before.History.Concat(decision.Events).Select(e => e.Header.EventId).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    private static void TheRestIsWhatItSays(InstanceState state)
    {
        if (state is not InstanceState.Resting { Facts: var facts })
            return;
        if (state.Phase is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended)
            Assert.Null(facts.CurrentExit);
        if (state.Phase is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped
            or InstancePhase.Rescued)
            Assert.NotNull(facts.ContainerId);
        if (state.Phase == InstancePhase.Deleted)
            Assert.Equal((null, null, null), (facts.ContainerId, facts.SandboxId, facts.Rescue));
        if (state.Phase == InstancePhase.Rescued)
            Assert.NotNull(facts.Rescue?.ContainerId);
        Assert.Null(facts.Former);
        if (facts.SandboxId is null)
            Assert.DoesNotContain(facts.Ports, port => port.IsPlugged);
        Assert.Equal(facts.Ports.Count, facts.Ports.Select(port => port.Index).Distinct().Count());
        if (facts.ContainerId is null)
            Assert.Equal((null, null), (facts.ContainerAlias, facts.Health));
        if (facts.CurrentExit is not null)
            Assert.Null(facts.Health);
    }

    // Each step handed out has a younger token than all before it, so that a host can tell which one to obey.
    private static void TheRightToActOnlyMovesOn(InstanceState before, InstanceState after)
    {
        if (InstanceWork.Outstanding(after) is not InstanceWork.RunStep { Operation: var next })
            return;
        var isSameWork = InstanceWork.Outstanding(before) is InstanceWork.RunStep { Operation: var last }
            && last.IntentRevision == next.IntentRevision;
        if (!isSameWork)
            Assert.True(next.IntentRevision > before.Revision, "The token is as old as one given out before.");
    }
}
