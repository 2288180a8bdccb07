using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Tests.Scenarios.PortSample;

namespace NovaDocker.Domain.Tests.Ports;

/// <summary>An instance that was booted without ports does what it always did, and nothing else.</summary>
public sealed class NoPortsTests
{
    [Fact]
    public void No_step_concerns_a_network()
    {
        StepKind[] network = [StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.UnplugVifs, StepKind.RemoveSandbox];

        Assert.All(
            new[] { Given.Deleted(), Given.Error(), Given.Restarting(), Given.RestartingUnhealthy(), Given.Recreating() },
            scenario => Assert.DoesNotContain(
                scenario.UntilAtRest().History.OfType<InstanceProtocol.OperationRequest>().SelectMany(e => e.Steps),
                step => network.Contains(step)));
    }

    [Theory]
    [InlineData(InstanceVerb.Boot, StepKind.ClaimResources, StepKind.EnsureImage, StepKind.CreateContainer, StepKind.StartContainer)]
    [InlineData(InstanceVerb.Start, StepKind.StartContainer)]
    [InlineData(InstanceVerb.SoftReboot, StepKind.StopContainer, StepKind.StartContainer)]
    [InlineData(InstanceVerb.HardReboot, StepKind.KillContainer, StepKind.StartContainer)]
    [InlineData(InstanceVerb.Delete, StepKind.RemoveContainer, StepKind.ReleaseResources)]
    [InlineData(InstanceVerb.Restart, StepKind.StartContainer)]
    public void The_steps_are_the_old_ones(InstanceVerb verb, params StepKind[] steps) =>
        Assert.Equal(steps, OperationPlan.For(verb).StepsFor(
            InstancePhase.Active, hasContainer: true, hasSandbox: false, OperationTerms.Usual));

    [Fact]
    public void The_unwinding_is_the_old_one() => Assert.Equal(
        [StepKind.RemoveContainer, StepKind.ReleaseResources],
        OperationPlan.For(InstanceVerb.Boot).UnwindFor(Given.Building().Facts, Given.Building().Operation.Pending));

    [Fact]
    public void No_port_can_be_attached() => Given.Active()
        .When(Commands.Attach(First)).In(InstancePhase.Active).RepliesRefused(RefusalCode.NoSandbox);

    [Fact]
    public void No_port_can_be_detached() => Given.Active()
        .When(Commands.Detach(First)).In(InstancePhase.Active).RepliesRefused(RefusalCode.NoPort);

    [Fact]
    public void News_of_a_network_is_none()
    {
        Given.Active().When(Commands.Broken(First)).ThenNothing();
        Given.Active().When(Commands.SandboxLost()).ThenNothing();
    }
}
