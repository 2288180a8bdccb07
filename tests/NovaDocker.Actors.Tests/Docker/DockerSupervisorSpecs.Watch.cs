using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;

namespace NovaDocker.Actors.Tests.Docker;

/// <content>What is seen of containers, and of the Engine itself.</content>
public sealed partial class DockerSupervisorSpecs
{
    [Fact]
    public async Task Whatever_stirs_is_looked_at_and_told()
    {
        Start();
        var container = await BootAsync();

        await _engine.PauseContainerAsync(container, CancellationToken.None);
        Assert.Equal(ContainerCondition.Paused, (await NextSightingAsync(seen => seen.Condition == ContainerCondition.Paused)).Condition);
        await _engine.UnpauseContainerAsync(container, CancellationToken.None);
        await NextSightingAsync(seen => seen.Condition == ContainerCondition.Running);
        _engine.Rename(container, "mine");
        await NextSightingAsync(seen => seen.Name == "mine");
        _engine.SetHealth(container, HealthStatus.Unhealthy);
        await NextSightingAsync(seen => seen.Health == HealthStatus.Unhealthy);
        _engine.Exit(container, 3);
        await NextSightingAsync(seen => seen is { Condition: ContainerCondition.Ended, Exit.ExitCode: 3, Health: null });
        await _engine.StartContainerAsync(container, CancellationToken.None);
        await NextSightingAsync(seen => seen.Condition == ContainerCondition.Running);
    }

    [Fact]
    public async Task A_closer_look_at_a_container_that_has_ended_brings_its_last_lines()
    {
        Start();
        var container = await BootAsync();
        _engine.Print(container, string.Concat(Enumerable.Range(1, 30).Select(n => $"line {n}\n")));
        _engine.Exit(container, 139);
        var ask = new HostProtocol.InspectContainer(Sample.Host, Sample.Id, container, 7);

        _docker.Value.Tell(ask, _agent);

        var inspected = await NextAsync<ContainerInspected>();
        var exit = inspected.Sighting!.Exit!;
        Assert.Equal((ask, 139, (int?)11), (inspected.Ask, exit.ExitCode, exit.Signal));
        Assert.Equal(Sample.Settings.ExitOutputLines, exit.Output.Split('\n').Length);
        Assert.EndsWith("line 30", exit.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_lines_are_those_of_the_run_that_ended()
    {
        Start();
        var container = await BootAsync();
        _engine.Print(container, "of the first run\n");
        _engine.Exit(container, 1);
        var first = (await _engine.FindContainerAsync(container, CancellationToken.None))!.FinishedAt;
        await _engine.StartContainerAsync(container, CancellationToken.None);
        _engine.Print(container, "of the second\n");
        _engine.Exit(container, 2);

        _docker.Value.Tell(
            new HostProtocol.InspectContainer(Sample.Host, Sample.Id, container, 7) { LastFinishedAt = first }, _agent);

        Assert.Equal("of the second", (await NextAsync<ContainerInspected>()).Sighting!.Exit!.Output);
    }

    [Fact]
    public async Task Lines_that_cannot_be_read_do_not_hide_the_end()
    {
        Start();
        var container = await BootAsync();
        _engine.Exit(container, 1);
        _engine.Faults.FailBefore(EngineCall.ReadConsole, EngineErrorKind.Transient);

        _docker.Value.Tell(new HostProtocol.InspectContainer(Sample.Host, Sample.Id, container, 7), _agent);

        var exit = (await NextAsync<ContainerInspected>()).Sighting!.Exit!;
        Assert.Equal((1, ""), (exit.ExitCode, exit.Output));
    }

    [Fact]
    public async Task A_closer_look_at_a_container_that_is_gone_says_so()
    {
        Start();
        await BootAsync();

        _docker.Value.Tell(new HostProtocol.InspectContainer(Sample.Host, Sample.Id, "gone", 7), _agent);

        Assert.Null((await NextAsync<ContainerInspected>()).Sighting);
    }

    [Fact]
    public async Task A_closer_look_that_the_engine_does_not_answer_says_nothing()
    {
        Start();
        await NextAsync<EngineHealth>(health => health.Info is not null);
        _engine.Faults.FailBefore(EngineCall.FindContainer, EngineErrorKind.Unavailable);
        // One that nobody else looks for.
        _docker.Value.Tell(new HostProtocol.InspectContainer(Sample.Host, Sample.Id, "gone", 7), _agent);

        _docker.Value.Tell(new HostProtocol.InspectContainer(Sample.Host, Sample.Id, "gone", 8), _agent);

        Assert.Equal(8, (await NextAsync<ContainerInspected>()).Ask.Revision);
    }

    [Fact]
    public async Task After_a_closer_look_that_failed_all_are_looked_at_so_that_what_was_told_once_is_not_lost()
    {
        Start();
        var container = await BootAsync();
        _engine.SetHealth(container, HealthStatus.Unhealthy);
        await NextSightingAsync(seen => seen.Health == HealthStatus.Unhealthy);
        _engine.Faults.FailBefore(EngineCall.FindContainer, EngineErrorKind.Transient);

        _docker.Value.Tell(new HostProtocol.InspectContainer(Sample.Host, Sample.Id, container, 7), _agent);

        await NextSightingAsync(seen => seen.Health == HealthStatus.Unhealthy);
        Assert.Empty(_engine.Faults.Unmet);
    }

    [Theory]
    [InlineData(EngineErrorKind.Unavailable, true)]
    [InlineData(EngineErrorKind.TimedOut, false)]
    public async Task Only_an_engine_that_nobody_listens_for_is_gone(EngineErrorKind kind, bool isGone)
    {
        Start();
        await NextAsync<EngineHealth>(health => health.Info is not null);

        _engine.Faults.FailBefore(EngineCall.GetInfo, kind);

        Assert.Equal(isGone, (await NextAsync<EngineHealth>(health => health.Info is null)).IsGone);
    }

    [Fact]
    public async Task When_the_engine_answers_again_all_its_containers_are_looked_at()
    {
        Start();
        await BootAsync();
        _engine.Faults.FailBefore(EngineCall.GetInfo, EngineErrorKind.Unavailable);
        await NextAsync<EngineHealth>(health => health.Info is null);

        await NextAsync<EngineHealth>(health => health.Info is not null);

        Assert.Single((await NextAsync<ContainersSeen>()).Containers);
    }

    private async Task<ContainerSighting> NextSightingAsync(Func<ContainerSighting, bool> holds) =>
        (await NextAsync<ContainerStirred>(stirred => holds(stirred.Sighting))).Sighting;
}
