using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Changes;

/// <summary>How operations are to be carried out: what concerns a verb is kept to, and what does not is refused.</summary>
public sealed class OperationTermsTests
{
    private static readonly InstanceVerb[] Makers =
        [InstanceVerb.Boot, InstanceVerb.Rebuild, InstanceVerb.Resize, InstanceVerb.RevertResize];

    public static TheoryData<InstanceVerb> EveryVerb() => [.. VerbTable.Verbs];

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public void Only_what_makes_a_container_run_may_leave_it_stopped_or_wait_for_ports(InstanceVerb verb)
    {
        var isMaker = Makers.Contains(verb);

        Assert.Equal(isMaker, new OperationTerms { LeavesStopped = true }.ProblemFor(verb) is null);
        Assert.Equal(verb == InstanceVerb.Boot, new OperationTerms { MustStayUp = true }.ProblemFor(verb) is null);
        Assert.Equal(isMaker, new OperationTerms { AwaitVifs = Sample.Wait }.ProblemFor(verb) is null);
        Assert.Equal(
            isMaker || verb == InstanceVerb.Stop, new OperationTerms { Grace = TimeSpan.FromSeconds(1) }.ProblemFor(verb) is null);
        Assert.Null(OperationTerms.Usual.ProblemFor(verb));
    }

    [Theory]
    [InlineData(InstanceVerb.Pause)]
    [InlineData(InstanceVerb.Snapshot)]
    [InlineData(InstanceVerb.Delete)]
    [InlineData(InstanceVerb.Rescue)]
    public void What_does_not_concern_a_verb_would_make_it_end_in_the_wrong_place_and_is_refused(InstanceVerb verb)
    {
        var command = Commands.Of(verb) with { Terms = new OperationTerms { LeavesStopped = true } };

        var refused = Given.Active().When(command).In(InstancePhase.Active).RepliesRefused(RefusalCode.InvalidArgument);

        refused.Then(Event.Answered(verb, refused.Reply!));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3600, true)]
    [InlineData(-1, false)]
    [InlineData(3601, false)]
    public void A_grace_has_bounds(int seconds, bool isRight)
    {
        var stop = Commands.Stop() with { Terms = new OperationTerms { Grace = TimeSpan.FromSeconds(seconds) } };

        var outcome = Given.Active().When(stop);

        if (isRight)
            outcome.RepliesAccepted();
        else
            outcome.RepliesRefused(RefusalCode.InvalidArgument);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3600, true)]
    [InlineData(0, false)]
    [InlineData(3601, false)]
    public void A_wait_for_ports_has_bounds(int seconds, bool isRight)
    {
        var wait = new VifPluggingWait(TimeSpan.FromSeconds(seconds), IsFatal: false);
        var boot = Commands.BootAwaiting() with { Terms = new OperationTerms { AwaitVifs = wait } };

        var outcome = Given.Nothing().When(boot);

        if (isRight)
            outcome.RepliesAccepted();
        else
            outcome.ThenNothing().RepliesRefused(RefusalCode.InvalidArgument);
    }

    [Fact]
    public void The_grace_of_a_stop_is_kept_with_its_operation()
    {
        var terms = new OperationTerms { Grace = TimeSpan.FromSeconds(90) };
        var stopping = Given.Active().When(Commands.Stop() with { Terms = terms })
            .Then(
                Event.On(terms, Event.PowerChangeRequested(InstanceVerb.Stop, StepKind.StopContainer)),
                Event.StepStarted(StepKind.StopContainer)).After;

        Assert.Equal(terms, stopping.Operation.Terms);
        Assert.Equal(terms, stopping.After(Commands.Resume()).Operation.Terms);
        Assert.Equal(OperationTerms.Usual, stopping.After(Commands.Delete()).Operation.Terms);
    }

    [Fact]
    public void A_boot_may_leave_the_instance_stopped()
    {
        var boot = Commands.Stopped(Commands.Boot(Keep.Always));
        var stopped = Given.Nothing().After(boot).UntilAtRest();

        Assert.Equal(InstancePhase.Stopped, stopped.Phase);
        Assert.Equal((Sample.ContainerId, null), (stopped.Facts.ContainerId, stopped.Facts.RunStartedAt));
        Assert.DoesNotContain(stopped.History, e => e is StepStarted { Step: StepKind.StartContainer });
        Assert.Equal(InstancePhase.Active, stopped.After(Commands.Start()).UntilAtRest().Phase);
    }

    [Fact]
    public void A_boot_that_leaves_the_instance_stopped_has_its_ports_plugged()
    {
        var stopped = Given.Nothing().After(Commands.Stopped(Commands.BootWithPorts(PortSample.First))).UntilAtRest();

        Assert.Equal(InstancePhase.Stopped, stopped.Phase);
        Assert.All(stopped.Facts.Ports, port => Assert.True(port.IsPlugged));
    }
}
