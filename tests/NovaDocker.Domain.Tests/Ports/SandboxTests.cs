using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Tests.Scenarios.PortSample;

namespace NovaDocker.Domain.Tests.Ports;

/// <summary>A sandbox that ended: a process keeps its namespace, and what is to be started gets another with all its ports.</summary>
public sealed class SandboxTests
{
    [Theory]
    [InlineData(InstancePhase.Active, true)]
    [InlineData(InstancePhase.Paused, true)]
    [InlineData(InstancePhase.Stopped, false)]
    public void A_lost_sandbox_unplugs_ports_where_no_process_runs(InstancePhase phase, bool isPlugged)
    {
        var lost = GivenPorts.In(phase).When(Commands.SandboxLost()).Then(Event.SandboxLost()).In(phase).After;

        Assert.All(lost.Facts.Ports, port => Assert.Equal(isPlugged, port.IsPlugged));
        Assert.Equal((SandboxId, null), (lost.Facts.SandboxId, lost.Facts.SandboxStartedAt));
        Assert.False(InstanceView.Of(lost.State)!.IsSandboxUp);
    }

    [Theory]
    [InlineData(InstancePhase.Absent)]
    [InlineData(InstancePhase.Building)]
    [InlineData(InstancePhase.Starting)]
    [InlineData(InstancePhase.Stopping)]
    [InlineData(InstancePhase.Rebooting)]
    [InlineData(InstancePhase.Pausing)]
    [InlineData(InstancePhase.Unpausing)]
    [InlineData(InstancePhase.Snapshotting)]
    [InlineData(InstancePhase.Error)]
    [InlineData(InstancePhase.Deleting)]
    [InlineData(InstancePhase.Deleted)]
    [InlineData(InstancePhase.Restarting)]
    [InlineData(InstancePhase.Attaching)]
    [InlineData(InstancePhase.Detaching)]
    [InlineData(InstancePhase.Repairing)]
    public void Elsewhere_it_is_no_news(InstancePhase phase) =>
        GivenPorts.In(phase).When(Commands.SandboxLost()).ThenNothing().RepliesToNobody();

    [Fact]
    public void A_lost_sandbox_of_one_in_error_is_recorded()
    {
        var error = GivenPorts.Active().After(Commands.HardReboot()).Until(StepKind.StartContainer).AfterStepIsGivenUp();
        Assert.Equal(InstancePhase.Error, error.Phase);

        var lost = error.When(Commands.SandboxLost()).Then(Event.SandboxLost()).In(InstancePhase.Error).After;

        Assert.All(lost.Facts.Ports, port => Assert.False(port.IsPlugged));
    }

    [Fact]
    public void It_is_news_once()
    {
        var lost = GivenPorts.Active().After(Commands.SandboxLost());

        lost.When(Commands.SandboxLost()).ThenNothing();
    }

    [Fact]
    public void The_end_of_another_run_or_of_another_sandbox_is_no_news()
    {
        var active = GivenPorts.Active();
        var started = active.Facts.SandboxStartedAt!.Value;

        active.When(Commands.SandboxLost(started.AddSeconds(-1))).ThenNothing();
        active.When(Commands.SandboxLost(id: "another")).ThenNothing();
        active.When(Commands.SandboxLost(started)).Then(Event.SandboxLost());
    }

    [Fact]
    public void The_next_start_makes_another_namespace_and_plugs_all_ports_into_it()
    {
        var lost = GivenPorts.Active().After(Commands.SandboxLost());

        var plugging = lost.After(Commands.SoftReboot()).Until(StepKind.PlugVifs);
        Assert.All(plugging.Facts.Ports, port => Assert.False(port.IsPlugged));
        Assert.Equal(plugging.History[^1].Header.OccurredAt, plugging.Facts.SandboxStartedAt);

        var active = plugging.UntilAtRest();
        Assert.Equal(InstancePhase.Active, active.Phase);
        Assert.All(active.Facts.Ports, port => Assert.True(port.IsPlugged));
    }

    [Fact]
    public void A_sandbox_that_was_started_anew_has_nothing_plugged()
    {
        var starting = GivenPorts.Stopped().After(Commands.Start());

        var anew = starting.AfterStepCompletes(new StepResult.SandboxReady(SandboxId, starting.Now, Adopted: true));

        Assert.All(anew.Facts.Ports, port => Assert.False(port.IsPlugged));
    }

    [Fact]
    public void A_sandbox_that_ran_on_keeps_what_is_plugged()
    {
        var starting = GivenPorts.Stopped().After(Commands.Start());

        Assert.All(starting.AfterStepCompletes().Facts.Ports, port => Assert.True(port.IsPlugged));
    }

    [Fact]
    public void Ports_that_come_loose_under_a_process_without_its_sandbox_are_plugged_again() =>
        GivenPorts.Active().After(Commands.SandboxLost()).When(Commands.Broken(First)).In(InstancePhase.Repairing);
}
