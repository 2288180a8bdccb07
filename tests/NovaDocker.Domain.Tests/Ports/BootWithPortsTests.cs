using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Instances.InstanceProtocol;
using static NovaDocker.Domain.Tests.Scenarios.PortSample;

namespace NovaDocker.Domain.Tests.Ports;

/// <summary>An instance with ports has its network whole before its first instruction, and leaves nothing of it behind.</summary>
public sealed class BootWithPortsTests
{
    private static readonly StepKind[] TakenBack =
        [StepKind.RemoveContainer, StepKind.UnplugVifs, StepKind.RemoveSandbox, StepKind.ReleaseResources];

    [Fact]
    public void Sandbox_and_ports_come_before_the_container() => Assert.Equal(
        [
            StepKind.ClaimResources, StepKind.EnsureImage, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.CreateContainer,
            StepKind.StartContainer,
        ],
        StepsDone(GivenPorts.Active()));

    [Fact]
    public void The_ports_get_interfaces_in_their_order_and_are_plugged()
    {
        Assert.Equal(
            [new InstancePort(First, 0, IsPlugged: false), new InstancePort(Second, 1, IsPlugged: false)],
            GivenPorts.Building().Facts.Ports);

        var active = GivenPorts.Active();

        Assert.Equal([("eth0", true), ("eth1", true)], active.Facts.Ports.Select(port => (port.Interface, port.IsPlugged)));
        Assert.Equal(SandboxId, active.Facts.SandboxId);
        Assert.NotNull(active.Facts.SandboxStartedAt);
    }

    [Fact]
    public void A_view_shows_ports_and_sandbox()
    {
        var view = InstanceView.Of(GivenPorts.Active().State)!;

        Assert.Equal((SandboxId, true), (view.SandboxId, view.IsSandboxUp));
        Assert.Equal(GivenPorts.Active().Facts.Ports, view.Ports);
    }

    [Fact]
    public void A_port_that_cannot_be_plugged_has_all_taken_back_in_turn()
    {
        var unwinding = GivenPorts.Building().Until(StepKind.PlugVifs).WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.PlugVifs, Sample.Lasting, retryAt: null),
                Event.UnwindStarted(InstanceVerb.Boot, Sample.Lasting, TakenBack),
                Event.StepStarted(StepKind.RemoveContainer)).After;

        var failed = unwinding.UntilAtRest();

        Assert.Equal(InstancePhase.Error, failed.Phase);
        Assert.Equal(TakenBack, StepsDone(failed)[^4..]);
        Assert.Equal((null, null), (failed.Facts.SandboxId, failed.Facts.SandboxStartedAt));
        Assert.All(failed.Facts.Ports, port => Assert.False(port.IsPlugged));
    }

    [Fact]
    public void A_boot_that_failed_keeps_its_ports_for_the_next_start()
    {
        var active = GivenPorts.Error().After(Commands.Start()).UntilAtRest();

        Assert.Equal(InstancePhase.Active, active.Phase);
        Assert.Equal([(First, true), (Second, true)], active.Facts.Ports.Select(port => (port.Vif, port.IsPlugged)));
    }

    [Fact]
    public void A_boot_with_ports_that_cannot_be_one_instances_is_refused()
    {
        var refused = Assert.IsType<Refused>(Given.Nothing()
            .When(Commands.BootWithPorts(First, Second with { Mac = First.Mac }, Third with { Id = First.Id }))
            .ThenNothing().RepliesRefused(RefusalCode.InvalidArgument).Reply);

        Assert.Contains($"port {First.Id} is there 2 times", refused.Reason, StringComparison.Ordinal);
        Assert.Contains($"address {First.Mac} is there 2 times", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Paused)]
    [InlineData(InstancePhase.Stopped)]
    [InlineData(InstancePhase.Error)]
    [InlineData(InstancePhase.Building)]
    [InlineData(InstancePhase.Restarting)]
    [InlineData(InstancePhase.Repairing)]
    [InlineData(InstancePhase.Detaching)]
    [InlineData(InstancePhase.Suspended)]
    [InlineData(InstancePhase.Rebuilding)]
    [InlineData(InstancePhase.Resizing)]
    public void A_deletion_takes_container_ports_and_sandbox_away_in_turn(InstancePhase phase)
    {
        var deleting = GivenPorts.In(phase).After(Commands.Delete());
        Assert.Equal(TakenBack, deleting.Operation.Pending);

        var deleted = deleting.UntilAtRest();

        Assert.Equal(InstancePhase.Deleted, deleted.Phase);
        Assert.Null(deleted.Facts.SandboxId);
        Assert.All(deleted.Facts.Ports, port => Assert.False(port.IsPlugged));
    }

    [Theory]
    [InlineData(InstanceVerb.Start, InstancePhase.Stopped, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.StartContainer)]
    [InlineData(InstanceVerb.SoftReboot, InstancePhase.Active, StepKind.StopContainer, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.StartContainer)]
    [InlineData(InstanceVerb.HardReboot, InstancePhase.Active, StepKind.KillContainer, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.StartContainer)]
    [InlineData(InstanceVerb.HardReboot, InstancePhase.Paused, StepKind.KillContainer, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.StartContainer)]
    [InlineData(InstanceVerb.Stop, InstancePhase.Active, StepKind.StopContainer)]
    [InlineData(InstanceVerb.Pause, InstancePhase.Active, StepKind.PauseContainer)]
    [InlineData(InstanceVerb.Suspend, InstancePhase.Active, StepKind.PauseContainer)]
    [InlineData(InstanceVerb.Resume, InstancePhase.Suspended, StepKind.UnpauseContainer)]
    [InlineData(InstanceVerb.Resume, InstancePhase.Stopped, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.StartContainer)]
    [InlineData(InstanceVerb.Rebuild, InstancePhase.Active, StepKind.EnsureImage, StepKind.StopContainer, StepKind.RemoveContainer, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.CreateContainer, StepKind.StartContainer)]
    [InlineData(InstanceVerb.Rescue, InstancePhase.Active, StepKind.EnsureRescueImage, StepKind.StopContainer, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.StartRescue)]
    [InlineData(InstanceVerb.Unrescue, InstancePhase.Rescued, StepKind.RemoveRescue, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.StartContainer)]
    [InlineData(InstanceVerb.Resize, InstancePhase.Stopped, StepKind.ClaimResources, StepKind.UpdateContainer, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.StartContainer)]
    public void What_starts_a_container_sees_to_its_network_first(InstanceVerb verb, InstancePhase from, params StepKind[] steps)
    {
        var begun = GivenPorts.In(from).After(Commands.Of(verb));

        Assert.Equal(steps, begun.Operation.Pending);
        Assert.All(begun.UntilAtRest().Facts.Ports, port => Assert.True(port.IsPlugged));
    }

    [Fact]
    public void A_restart_by_policy_sees_to_the_network_first()
    {
        var active = GivenPorts.Active(Keep.Always);

        active.When(Commands.Exited(active.ExitOfThisRun()))
            .Then(
                Event.ContainerExited(active.ExitOfThisRun()),
                Event.RestartRequested(
                    RestartCause.Exited, 1, active.Now.AddSeconds(1), StepKind.CreateSandbox, StepKind.PlugVifs,
                    StepKind.StartContainer))
            .In(InstancePhase.Restarting);
    }

    [Fact]
    public void An_unhealthy_one_is_stopped_before_its_network_is_looked_at()
    {
        var active = GivenPorts.Active(Keep.Healthy);

        var restarting = active.AfterSeen(active.Sighting(HealthStatus.Unhealthy));

        Assert.Equal(
            [StepKind.StopContainer, StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.StartContainer],
            restarting.Operation.Pending);
    }

    [Fact]
    public void A_container_that_is_made_again_gets_its_network_as_at_its_boot()
    {
        var again = GivenPorts.Active(Keep.Recreated).After(Commands.Lost());

        Assert.Equal(OperationPlan.Remake.Steps, again.Operation.Pending);
        Assert.Equal(OperationPlan.Remake.Steps, GivenPorts.Error().After(Commands.HardReboot()).Operation.Pending);
    }

    [Fact]
    public void A_network_that_cannot_be_had_again_fails_the_start_and_leaves_the_rest()
    {
        var failed = GivenPorts.Stopped().After(Commands.Start()).Until(StepKind.PlugVifs).WhenStepFails(Sample.Lasting)
            .Then(
                Event.StepFailed(StepKind.PlugVifs, Sample.Lasting, retryAt: null),
                Event.OperationFailed(InstanceVerb.Start, Sample.Lasting))
            .In(InstancePhase.Stopped).After;

        Assert.Equal(SandboxId, failed.Facts.SandboxId);
    }

    internal static StepKind[] StepsDone(Scenario scenario) =>
        [.. scenario.History.OfType<StepCompleted>().Select(e => e.Step)];
}
