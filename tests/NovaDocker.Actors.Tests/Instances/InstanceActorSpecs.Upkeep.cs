using Akka.Actor;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Instances;

/// <content>Staying up, and what was done behind its back.</content>
public sealed partial class InstanceActorSpecs
{
    private static readonly UpkeepPolicy AlwaysUp =
        new(new RestartPolicy(RestartMode.Always, 0), UnhealthyAction.Report, LostAction.Report);

    private static TimeSpan FirstBackoff => Settings.Policies.Restarts.BackoffBefore(1);

    [Fact]
    public async Task A_hint_that_is_news_is_looked_at_and_nothing_is_believed_before()
    {
        await BootAsync();
        var before = await ViewAsync();

        _region.Tell(new ReportContainerSeen(Sample.Id, await SightingAsync(ContainerCondition.Paused), AskedAt: null));

        var ask = await _host.ExpectMsgAsync<HostProtocol.InspectContainer>();
        Assert.Equal((Sample.Host, "c0ffee", before.Revision), (ask.HostId, ask.ContainerId, ask.Revision));
        Assert.Equal(before, await ViewAsync());
        _region.Tell(new ReportContainerSeen(Sample.Id, await SightingAsync(ContainerCondition.Paused), ask.Revision));
        Assert.Equal(InstancePhase.Paused, (await ViewAsync()).Phase);
    }

    [Fact]
    public async Task A_hint_that_is_no_news_asks_nobody()
    {
        await BootAsync();

        _region.Tell(new ReportContainerSeen(Sample.Id, await SightingAsync(ContainerCondition.Running), AskedAt: null));

        await ViewAsync();
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task A_look_that_was_overtaken_by_an_operation_is_not_believed()
    {
        await BootAsync();
        var stale = await SightingAsync(ContainerCondition.Running);
        var askedAt = (await ViewAsync()).Revision;
        _region.Tell(new Pause(Sample.Id, Sample.Request("req-pause")), TestActor);
        await ExpectMsgAsync<Accepted>();
        await PlayHostAsync(InstancePhase.Paused);

        _region.Tell(new ReportContainerSeen(Sample.Id, stale, askedAt));

        Assert.Equal(InstancePhase.Paused, (await ViewAsync()).Phase);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_befalls_the_container_during_an_operation_is_looked_at_when_that_has_ended(bool isLost)
    {
        await BootAsync();
        var seen = await SightingAsync(ContainerCondition.Running) with { Health = HealthStatus.Unhealthy };
        _region.Tell(new Snapshot(Sample.Id, Sample.Request("req-snapshot"), Sample.Target), TestActor);
        await ExpectMsgAsync<Accepted>();

        _region.Tell(isLost
            ? new ReportContainerLost(Sample.Id, "c0ffee")
            : new ReportContainerSeen(Sample.Id, seen, AskedAt: null));
        await PlayHostAsync(InstancePhase.Active);

        var ask = await _host.ExpectMsgAsync<HostProtocol.InspectContainer>();
        Assert.Equal((await ViewAsync()).Revision, ask.Revision);
        if (isLost)
            return;
        _region.Tell(new ReportContainerSeen(Sample.Id, seen, ask.Revision));
        await Eventually.BecomesAsync(ViewAsync, view => view.Health == HealthStatus.Unhealthy, "its health is known");
    }

    [Fact]
    public async Task A_look_that_was_overtaken_and_shows_news_is_taken_once_more()
    {
        await BootAsync();
        var askedAt = (await ViewAsync()).Revision;
        _region.Tell(new ReportContainerSeen(Sample.Id, await SightingAsync(ContainerCondition.Running) with { Name = "mine" }, askedAt));
        await Eventually.BecomesAsync(ViewAsync, view => view.ContainerAlias == "mine", "the name is known");

        _region.Tell(new ReportContainerSeen(
            Sample.Id, await SightingAsync(ContainerCondition.Running) with { Name = "mine", Health = HealthStatus.Healthy }, askedAt));

        Assert.Equal(askedAt + 1, (await _host.ExpectMsgAsync<HostProtocol.InspectContainer>()).Revision);
    }

    [Fact]
    public async Task A_process_that_ended_is_started_again_after_its_backoff_and_not_before()
    {
        await BootAlwaysUpAsync();

        await ExitAsync();

        Assert.Equal((InstancePhase.Restarting, 1), await PhaseAndRestartsAsync());
        _time.Advance(FirstBackoff - TimeSpan.FromMilliseconds(1));
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var step = await _host.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal((StepKind.StartContainer, 1), (step.Step, step.Attempt));
        Answer(step);
        await Eventually.BecomesAsync(ViewAsync, view => view.Phase == InstancePhase.Active, "it is active");
    }

    [Fact]
    public async Task A_restart_that_was_waited_for_survives_the_death_of_the_actor()
    {
        await BootAlwaysUpAsync();
        await ExitAsync();
        await ViewAsync();

        await KillAsync();
        await Eventually.HoldsAsync(() => _journal.EventsOf(Sample.Id)[^1] is WorkResumed, "the work is resumed");
        await ViewAsync();
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        _time.Advance(FirstBackoff);

        Assert.Equal(StepKind.StartContainer, (await _host.ExpectMsgAsync<HostProtocol.RunStep>()).Step);
    }

    [Fact]
    public async Task A_stop_takes_the_place_of_the_restart_that_is_waited_for()
    {
        await BootAlwaysUpAsync();
        await ExitAsync();

        _region.Tell(new Stop(Sample.Id, Sample.Request("req-stop")), TestActor);
        await ExpectMsgAsync<Accepted>();
        Answer(await _host.ExpectMsgAsync<HostProtocol.RunStep>());

        await Eventually.BecomesAsync(ViewAsync, view => view.Phase == InstancePhase.Stopped, "it is stopped");
        _time.Advance(TimeSpan.FromHours(1));
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        Assert.Contains(_journal.EventsOf(Sample.Id), e => e is OperationCancelled { Verb: InstanceVerb.Restart });
    }

    private async Task BootAlwaysUpAsync()
    {
        var boot = Sample.Boot(Sample.Id);
        _region.Tell(boot with { Spec = boot.Spec with { Upkeep = AlwaysUp } }, TestActor);
        await ExpectMsgAsync<Accepted>();
        await PlayHostAsync(InstancePhase.Active);
    }

    private async Task ExitAsync()
    {
        var view = await ViewAsync();
        _region.Tell(new ReportContainerExited(
            Sample.Id, view.ContainerId!, new ContainerExit(view.RunStartedAt!.Value, _time.GetUtcNow(), 1, OutOfMemory: false)));
    }

    private async Task<(InstancePhase Phase, int Restarts)> PhaseAndRestartsAsync()
    {
        var view = await ViewAsync();
        return (view.Phase, view.Restarts);
    }

    private async Task<ContainerSighting> SightingAsync(ContainerCondition condition)
    {
        var view = await ViewAsync();
        return new ContainerSighting(
            view.ContainerId!, ContainerDrift.NameOf(Sample.Id), condition, view.RunStartedAt, null, null);
    }
}
