using CsCheck;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Laws;

/// <summary>What holds of the ports of every life.</summary>
public sealed class PortLawTests
{
    private const int Lives = 1000;

    [Fact]
    public void No_process_starts_before_its_network_is_whole() => Hold((before, @event) =>
    {
        if (@event is not StepStarted { Step: StepKind.StartContainer } || !before.Facts.Spec.HasSandbox)
            return;
        Assert.All(before.Facts.Ports, port => Assert.True(port.IsPlugged, $"{port} is not plugged."));
        Assert.NotNull(before.Facts.SandboxStartedAt);
    });

    [Fact]
    public void Without_ports_no_step_concerns_a_network() => Hold((before, @event) =>
    {
        if (before.Facts.Spec.HasSandbox)
            return;
        Assert.False(
            @event is StepStarted
            {
                Step: StepKind.CreateSandbox or StepKind.PlugVifs or StepKind.UnplugVifs or StepKind.RemoveSandbox
                    or StepKind.AwaitVifs,
            },
            $"{@event}");
        Assert.False(@event is AttachRequested or DetachRequested or RepairRequested or VifsBroken or SandboxLost, $"{@event}");
    });

    [Fact]
    public void A_repair_follows_what_was_seen_of_a_running_instance() => Hold((before, @event) =>
    {
        if (@event is RepairRequested)
            Assert.True(before is { Phase: InstancePhase.Active, History: [.., VifsBroken] });
    });

    [Fact]
    public void A_port_leaves_an_instance_only_by_being_unplugged() => Hold((before, @event) =>
    {
        var after = before.With(@event).Facts.Ports;
        if (after.Count < before.Facts.Ports.Count)
            Assert.True(@event is StepCompleted { Step: StepKind.UnplugVifs } or BootRequested, $"{@event}");
    });

    private static void Hold(Action<Scenario, InstanceEvent> law) => RandomLife.Any.Sample(
        plot =>
        {
            var life = RandomLife.Live(plot);
            for (var events = 1; events < life.History.Count; events++)
                law(life.CutTo(events), life.History[events]);
        },
        iter: Lives);
}
