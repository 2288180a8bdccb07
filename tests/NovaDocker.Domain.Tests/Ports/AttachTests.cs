using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Instances.InstanceProtocol;
using static NovaDocker.Domain.Tests.Scenarios.PortSample;

namespace NovaDocker.Domain.Tests.Ports;

/// <summary>One more port, plugged into an instance wherever it rests.</summary>
public sealed class AttachTests
{
    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Stopped)]
    public void A_port_is_plugged_and_the_instance_rests_where_it_did(InstancePhase phase)
    {
        var begun = GivenPorts.In(phase).When(Commands.Attach(Third))
            .Then(
                Event.AttachRequested(Third, StepKind.CreateSandbox, StepKind.PlugVifs),
                Event.StepStarted(StepKind.CreateSandbox))
            .In(InstancePhase.Attaching)
            .RepliesAccepted().After;
        Assert.Equal(Third.Id, begun.Operation.Port);

        var attached = begun.UntilAtRest();

        Assert.Equal(phase, attached.Phase);
        Assert.Equal(new InstancePort(Third, 2, IsPlugged: true), attached.Facts.Ports[^1]);
    }

    [Fact]
    public void Only_that_port_is_concerned()
    {
        var plugging = GivenPorts.Attaching().Until(StepKind.PlugVifs);

        Assert.Equal([Third.Id], ((StepResult.VifsPlugged)plugging.ResultOf(StepKind.PlugVifs)).Vifs.Select(vif => vif.Port));
    }

    [Fact]
    public void A_port_gets_the_first_interface_that_is_free()
    {
        var without = GivenPorts.Active(First, Second, Third).After(Commands.Detach(Second)).UntilAtRest();

        var again = without.After(Commands.Attach(Numbered(4))).UntilAtRest();

        Assert.Equal([(First, "eth0"), (Third, "eth2"), (Numbered(4), "eth1")], again.Facts.Ports.Select(port => (port.Vif, port.Interface)));
        Assert.Equal("eth3", again.After(Commands.Attach(Second, "req-next")).Facts.Ports[^1].Interface);
    }

    [Fact]
    public void A_port_that_cannot_be_plugged_is_taken_back_and_the_others_stay()
    {
        var failed = GivenPorts.Attaching().Until(StepKind.PlugVifs).WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.PlugVifs, Sample.Lasting, retryAt: null),
                Event.UnwindStarted(InstanceVerb.AttachInterface, Sample.Lasting, StepKind.UnplugVifs),
                Event.StepStarted(StepKind.UnplugVifs)).After;
        Assert.Contains(failed.Facts.Ports, port => port.Vif == Third);

        failed.WhenStepCompletes()
            .Then(
                Event.StepCompleted(StepKind.UnplugVifs, new StepResult.Done()),
                Event.OperationFailed(InstanceVerb.AttachInterface, Sample.Lasting))
            .In(InstancePhase.Active);
        Assert.Equal([(First, true), (Second, true)], failed.UntilAtRest().Facts.Ports.Select(port => (port.Vif, port.IsPlugged)));
    }

    [Fact]
    public void A_port_that_could_not_be_taken_back_is_not_forgotten()
    {
        var failed = GivenPorts.Attaching().Until(StepKind.PlugVifs).AfterStepIsGivenUp().AfterStepIsGivenUp();

        Assert.Equal(InstancePhase.Active, failed.Phase);
        Assert.Equal(new InstancePort(Third, 2, IsPlugged: false), failed.Facts.Ports[^1]);
        Assert.Equal([First, Second], failed.After(Commands.Detach(Third)).UntilAtRest().Facts.Ports.Select(port => port.Vif));
    }

    [Theory]
    [InlineData(StepKind.CreateSandbox)]
    [InlineData(StepKind.PlugVifs)]
    public void A_deletion_in_the_middle_takes_the_half_attached_port_away_too(StepKind step)
    {
        var unplugging = GivenPorts.Attaching().Until(step).After(Commands.Delete()).Until(StepKind.UnplugVifs);

        Assert.Null(unplugging.Operation.Port);
        Assert.Equal([First, Second, Third], unplugging.Facts.Ports.Select(port => port.Vif));
        Assert.Equal(InstancePhase.Deleted, unplugging.UntilAtRest().Phase);
    }

    [Fact]
    public void A_port_that_is_there_is_already_done()
    {
        var done = new AlreadyDone(Sample.Id);

        GivenPorts.Active().When(Commands.Attach(Second))
            .Then(Event.Answered(InstanceVerb.AttachInterface, done)).Replies(done);
    }

    [Fact]
    public void The_same_request_gets_the_same_answer_after_the_port_was_plugged()
    {
        var begun = GivenPorts.Active().When(Commands.Attach(Third, "req-7"));

        begun.After.UntilAtRest().When(Commands.Attach(Third, "req-7")).ThenNothing().Replies(begun.Reply!);
    }

    [Fact]
    public void A_port_with_an_address_of_another_is_refused()
    {
        var twin = Third with { Network = Second.Network };

        var refused = Assert.IsType<Refused>(
            GivenPorts.Active().When(Commands.Attach(twin)).RepliesRefused(RefusalCode.InvalidArgument).Reply);

        Assert.Contains("10.1.0.2", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_would_make_the_events_large_is_refused()
    {
        var large = Third with { Details = Optioned.Map(("note", new string('x', InstanceSpecRules.MaxArgumentBytes))) };

        GivenPorts.Active().When(Commands.Attach(large)).RepliesRefused(RefusalCode.InvalidArgument);
    }

    [Fact]
    public void There_are_no_more_ports_than_an_instance_may_have()
    {
        var full = GivenPorts.Active([.. Enumerable.Range(1, VifRules.MaxPorts).Select(Numbered)]);

        full.When(Commands.Attach(Numbered(VifRules.MaxPorts + 1))).RepliesRefused(RefusalCode.InvalidArgument);
    }

    [Fact]
    public void A_process_that_ends_meanwhile_leaves_the_instance_stopped()
    {
        var attaching = GivenPorts.Attaching();

        Assert.Equal(InstancePhase.Stopped, attaching.After(Commands.Exited(attaching.ExitOfThisRun())).UntilAtRest().Phase);
    }

    [Fact]
    public void A_crash_behind_any_of_its_events_is_recovered_from()
    {
        var before = GivenPorts.Active().History.Count;
        var attached = GivenPorts.Attaching().UntilAtRest();

        Assert.All(Enumerable.Range(before + 1, attached.History.Count - before), events =>
        {
            var recovered = attached.CutTo(events).After(Commands.Resume()).UntilAtRest();
            Assert.Equal((InstancePhase.Active, 3), (recovered.Phase, recovered.Facts.Ports.Count(port => port.IsPlugged)));
        });
    }

    [Fact]
    public void A_sandbox_that_is_made_anew_unplugs_nothing_of_what_runs()
    {
        var attached = GivenPorts.Active().After(Commands.SandboxLost()).After(Commands.Attach(Third)).UntilAtRest();

        Assert.All(attached.Facts.Ports, port => Assert.True(port.IsPlugged));
    }

    [Fact]
    public void A_sandbox_that_is_made_anew_for_what_is_stopped_has_the_new_port_alone()
    {
        var attached = GivenPorts.Stopped().After(Commands.SandboxLost()).After(Commands.Attach(Third)).UntilAtRest();

        Assert.Equal([false, false, true], attached.Facts.Ports.Select(port => port.IsPlugged));
        Assert.All(attached.After(Commands.Start()).UntilAtRest().Facts.Ports, port => Assert.True(port.IsPlugged));
    }
}
