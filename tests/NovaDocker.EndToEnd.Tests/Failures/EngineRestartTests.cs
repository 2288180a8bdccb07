using System.Text.Json.Nodes;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests.Failures;

/// <summary>
/// dockerd is restarted under a node, as <c>systemctl restart docker</c> does it, or killed alone: with <c>live-restore</c>
/// containers go on, without it they end, and either way the instances say what became of theirs.
/// </summary>
[Collection(nameof(Failures))]
public sealed class EngineRestartTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] EndsWithSeven = ["sh", "-c", "trap 'exit 7' TERM; sleep 3600 & wait"];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nd");

    public void Dispose() => _directory.Delete(recursive: true);

    [SkippableFact]
    public async Task With_live_restore_containers_go_on_and_no_instance_takes_notice()
    {
        await using var engine = await StartEngineAsync(isLiveRestore: true);
        await using var lab = Lab.On(new Uri(engine.Address));
        await lab.OpenAsync();
        var (first, second) = (await BootAsync(lab, EndsWithSeven), await BootAsync(lab, []));
        var before = await RunOfAsync(lab, first);

        await engine.TerminateDaemonAsync();
        await lab.EngineAnswersAsync(answers: false);
        var stop = await lab.Client.StopAsync(second, Lab.NewRequest());
        await engine.RestartAsync();
        await lab.EngineAnswersAsync();

        Assert.Equal(InstancePhase.Stopped, (await lab.EndOfAsync(stop)).Phase);
        (await lab.RunAsync("reconcile")).Expect(0);
        Assert.Equal(InstancePhase.Active, (await lab.Client.GetInstanceAsync(first))!.Phase);
        Assert.Equal(before, await RunOfAsync(lab, first));
        Assert.DoesNotContain(await EventsAsync(lab, first), name => name is "container-exited" or "container-lost");
        await AssertCommandsWorkAsync(lab, first, second);
        output.WriteLine(lab.Log);
    }

    [SkippableFact]
    public async Task Without_it_containers_end_with_dockerd_and_their_end_is_recorded()
    {
        await using var engine = await StartEngineAsync(isLiveRestore: false);
        await using var lab = Lab.On(new Uri(engine.Address));
        await lab.OpenAsync();
        var (running, paused, stopped) = (await BootAsync(lab, EndsWithSeven), await BootAsync(lab, []), await BootAsync(lab, []));
        await lab.EndOfAsync(await lab.Client.PauseAsync(paused, Lab.NewRequest()));
        await lab.EndOfAsync(await lab.Client.StopAsync(stopped, Lab.NewRequest()));
        var known = await EventsAsync(lab, stopped);

        await engine.TerminateDaemonAsync();
        await engine.RestartAsync();

        Assert.Equal(7, (await lab.RestsAsync(running.ToString(), InstancePhase.Stopped))!.LastExit!.ExitCode);
        Assert.NotNull((await lab.RestsAsync(paused.ToString(), InstancePhase.Stopped))!.LastExit);
        await lab.EngineAnswersAsync();
        (await lab.RunAsync("reconcile")).Expect(0);
        Assert.Single(await EventsAsync(lab, running), "container-exited");
        Assert.Single(await EventsAsync(lab, paused), "container-exited");
        Assert.Equal(known, await EventsAsync(lab, stopped));
        await AssertCommandsWorkAsync(lab, running, paused, stopped);
        output.WriteLine(lab.Log);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Killed_alone_during_a_stop_the_stop_is_finished_by_the_next(bool isLiveRestore)
    {
        await using var engine = await StartEngineAsync(isLiveRestore);
        await using var lab = Lab.On(new Uri(engine.Address), "instances.stop-grace=20s");
        await lab.OpenAsync();
        var (stopping, beside) = (await BootAsync(lab, []), await BootAsync(lab, []));

        var stop = await lab.Client.StopAsync(stopping, Lab.NewRequest());
        await Eventually.HoldsAsync(
            () => lab.Proxy.Requests.Any(line => line.Contains("/stop", StringComparison.Ordinal)), "the Engine is asked to stop it");
        await engine.KillDaemonAsync();
        await lab.EngineAnswersAsync(answers: false);
        Assert.Equal(InstancePhase.Stopping, (await lab.Client.GetInstanceAsync(stopping))!.Phase);
        await engine.RestartAsync();

        Assert.Equal(InstancePhase.Stopped, (await lab.EndOfAsync(stop)).Phase);
        Assert.Equal("exited", (await StateAsync(lab, stopping)).Text("Status"));
        Assert.Single(await EventsAsync(lab, stopping), "stop-completed");
        var end = isLiveRestore ? InstancePhase.Active : InstancePhase.Stopped;
        await lab.RestsAsync(beside.ToString(), end);
        Assert.Equal(isLiveRestore, (await StateAsync(lab, beside))["Running"]!.GetValue<bool>());
        await AssertCommandsWorkAsync(lab, stopping, beside);
        output.WriteLine(lab.Log);
    }

    private async Task<EngineProcess> StartEngineAsync(bool isLiveRestore)
    {
        TestEngine.AddressOrSkip();
        Skip.IfNot(Environment.UserName == "root", "needs root, to start an Engine of its own");
        return await EngineProcess.StartAsync(Path.Combine(_directory.FullName, "e"), isLiveRestore);
    }

    private static async Task<InstanceId> BootAsync(Lab lab, string[] command)
    {
        var id = CommanderIds.NewInstanceId();
        var reply = await lab.Client.BootAsync(new(
            id, Lab.NewRequest(), "survivor", lab.ImageName, 32, 1, [.. command], EquatableMap<string>.Empty));
        Assert.Equal(InstancePhase.Active, (await lab.EndOfAsync(reply)).Phase);
        return id;
    }

    private static async Task<JsonNode> StateAsync(Lab lab, InstanceId id) =>
        (await lab.Engine.ContainerAsync($"nova-{id}"))!["State"]!;

    /// <summary>What tells one run of a container from another.</summary>
    private static async Task<(string? StartedAt, long Pid)> RunOfAsync(Lab lab, InstanceId id)
    {
        var state = await StateAsync(lab, id);
        return (state.Text("StartedAt"), state.Number("Pid"));
    }

    private static async Task<IReadOnlyList<string>> EventsAsync(Lab lab, InstanceId id) =>
        [.. (await lab.HistoryAsync(id.ToString())).Select(row => row.Text("event")!)];

    private static async Task AssertCommandsWorkAsync(Lab lab, params InstanceId[] ids)
    {
        foreach (var id in ids)
        {
            var reboot = await lab.Client.RebootAsync(id, Lab.NewRequest(), hard: true);
            Assert.Equal(InstancePhase.Active, (await lab.EndOfAsync(reboot)).Phase);
            Assert.True((await StateAsync(lab, id))["Running"]!.GetValue<bool>());
            await lab.DeleteAsync(id.ToString());
        }
    }
}
