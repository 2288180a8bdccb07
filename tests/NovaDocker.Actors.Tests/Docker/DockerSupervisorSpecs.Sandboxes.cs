using Akka.Actor;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;

namespace NovaDocker.Actors.Tests.Docker;

/// <content>What is seen of sandboxes.</content>
public sealed partial class DockerSupervisorSpecs
{
    [Fact]
    public async Task A_sandbox_that_ends_is_told_with_the_run_that_ended()
    {
        Start();
        var sandbox = await SandboxAsync();
        var started = Assert.Single(_engine.Containers).StartedAt;

        _engine.Exit(sandbox, 137);

        Assert.Equal(new SandboxEnded(Sample.Id, sandbox, started, IsRemoved: false), await NextAsync<SandboxEnded>());
    }

    [Fact]
    public async Task A_sandbox_that_somebody_removes_is_told_as_removed()
    {
        Start();
        var sandbox = await SandboxAsync();

        await _engine.RemoveContainerAsync(sandbox, CancellationToken.None);

        Assert.Equal(
            new SandboxEnded(Sample.Id, sandbox, null, IsRemoved: true), await NextAsync<SandboxEnded>(ended => ended.IsRemoved));
    }

    [Fact]
    public async Task A_sandbox_that_runs_again_by_the_time_of_the_look_is_no_news()
    {
        Start();
        var sandbox = await SandboxAsync();
        var look = _engine.Faults.HoldBefore(EngineCall.FindContainer);
        _engine.Exit(sandbox, 137);
        await Eventually.CompletesAsync(look.Reached, "the watch looks");
        await _engine.StartContainerAsync(sandbox, CancellationToken.None);
        look.Release();

        _engine.Exit(sandbox, 1);

        // The first that is told is the second end.
        var started = Assert.Single(_engine.Containers).StartedAt;
        Assert.Equal(started, (await NextAsync<SandboxEnded>()).StartedAt);
    }

    [Fact]
    public async Task A_sandbox_that_ended_during_a_gap_in_the_events_is_found_by_a_look_at_all()
    {
        Start();
        var sandbox = await SandboxAsync();
        _engine.Faults.FailBefore(EngineCall.WatchContainers, EngineErrorKind.Unavailable, 1000);
        _engine.DropEventStreams();
        await Eventually.HoldsAsync(() => _engine.Watchers == 0, "nobody watches");

        _engine.Exit(sandbox, 137);

        Assert.Equal(sandbox, (await NextAsync<SandboxEnded>()).SandboxId);
    }

    [Fact]
    public async Task What_befalls_a_sandbox_is_none_of_its_instance_s_container()
    {
        Start();
        var sandbox = await SandboxAsync();
        var container = await BootAsync();

        _engine.Exit(sandbox, 137);
        await _engine.RemoveContainerAsync(sandbox, CancellationToken.None);
        _engine.Exit(container, 5);

        var first = await _agent.FishForMessageAsync(
            message => message is ContainerVanished or ContainerStirred { Sighting.Exit: not null });
        Assert.Equal(container, Assert.IsType<ContainerStirred>(first).Sighting.ContainerId);
    }

    private async Task<string> SandboxAsync()
    {
        await IsStartedAsync();
        _docker.Value.Tell(Ports.Step(StepKind.CreateSandbox, 1, null, Ports.Vif()));
        return ((StepResult.SandboxReady)(await NextAsync<StepFinished>()).Result!).SandboxId;
    }
}
