using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;
using static NovaDocker.Domain.Tests.Scenarios.PortSample;

namespace NovaDocker.Domain.Tests.Ports;

/// <summary>A port is taken away; those that stay are looked at behind it.</summary>
public sealed class DetachTests
{
    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    public void The_port_goes_and_the_others_are_plugged_as_they_are_to_be(InstancePhase phase)
    {
        var detaching = GivenPorts.In(phase).When(Commands.Detach(First))
            .Then(
                Event.DetachRequested(First, StepKind.UnplugVifs, StepKind.PlugVifs),
                Event.StepStarted(StepKind.UnplugVifs))
            .In(InstancePhase.Detaching)
            .RepliesAccepted().After;
        Assert.Equal([First, Second], detaching.Facts.Ports.Select(port => port.Vif));

        var plugging = detaching.AfterStepCompletes();
        Assert.Equal([Second], plugging.Facts.Ports.Select(port => port.Vif));
        Assert.Equal([Second.Id], ((StepResult.VifsPlugged)plugging.ResultOf(StepKind.PlugVifs)).Vifs.Select(vif => vif.Port));

        var rest = plugging.UntilAtRest();
        Assert.Equal(phase, rest.Phase);
        Assert.Equal("eth1", Assert.Single(rest.Facts.Ports).Interface);
    }

    [Fact]
    public void Where_nothing_runs_no_namespace_is_looked_for() =>
        GivenPorts.Stopped().After(Commands.SandboxLost()).When(Commands.Detach(First))
            .Then(Event.DetachRequested(First, StepKind.UnplugVifs), Event.StepStarted(StepKind.UnplugVifs));

    [Fact]
    public void The_last_port_may_go_and_another_may_come()
    {
        var none = GivenPorts.Active(First).After(Commands.Detach(First)).UntilAtRest();
        Assert.Equal(InstancePhase.Active, none.Phase);
        Assert.Empty(none.Facts.Ports);

        Assert.Equal("eth0", none.After(Commands.Attach(Second)).UntilAtRest().Facts.Ports[0].Interface);
    }

    [Fact]
    public void A_port_that_does_not_go_stays_the_instances()
    {
        var failed = GivenPorts.Detaching().WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.UnplugVifs, Sample.Lasting, retryAt: null),
                Event.OperationFailed(InstanceVerb.DetachInterface, Sample.Lasting))
            .In(InstancePhase.Active).After;

        Assert.Equal([First, Second], failed.Facts.Ports.Select(port => port.Vif));
    }

    [Fact]
    public void Another_that_cannot_be_plugged_brings_the_port_not_back()
    {
        var failed = GivenPorts.Detaching().Until(StepKind.PlugVifs).WhenStepFails(Sample.Lasting).In(InstancePhase.Active).After;

        Assert.Equal([Second], failed.Facts.Ports.Select(port => port.Vif));
    }

    [Fact]
    public void A_port_that_is_not_there_is_refused_and_those_named_that_are()
    {
        var refused = Assert.IsType<Refused>(
            GivenPorts.Active().When(Commands.Detach(Third)).RepliesRefused(RefusalCode.NoPort).Reply);

        Assert.Contains(First.Id.ToString(), refused.Reason, StringComparison.Ordinal);
        Assert.Contains(Second.Id.ToString(), refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_request_gets_the_same_answer_after_the_port_has_gone()
    {
        var begun = GivenPorts.Active().When(Commands.Detach(First, "req-7"));

        begun.After.UntilAtRest().When(Commands.Detach(First, "req-7")).ThenNothing().Replies(begun.Reply!);
    }

    [Theory]
    [InlineData(StepKind.UnplugVifs)]
    [InlineData(StepKind.PlugVifs)]
    public void A_deletion_in_the_middle_wins(StepKind step)
    {
        var deleting = GivenPorts.Detaching().Until(step).When(Commands.Delete()).In(InstancePhase.Deleting).After;

        Assert.Null(deleting.Operation.Port);
        Assert.Equal(InstancePhase.Deleted, deleting.UntilAtRest().Phase);
    }

    [Fact]
    public void A_crash_behind_any_of_its_events_is_recovered_from()
    {
        var before = GivenPorts.Active().History.Count;
        var detached = GivenPorts.Detaching().UntilAtRest();

        Assert.All(Enumerable.Range(before + 1, detached.History.Count - before), events =>
        {
            var recovered = detached.CutTo(events).After(Commands.Resume()).UntilAtRest();
            Assert.Equal((InstancePhase.Active, Second), (recovered.Phase, Assert.Single(recovered.Facts.Ports).Vif));
        });
    }
}
