using System.Globalization;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.EndToEnd.Tests.Failures;

/// <summary>
/// The clock of the node's machine is set back an hour while the node runs. libfaketime does that to the node alone: the
/// Engine, whose clock no library can change, is an hour ahead afterwards. What measures time, as timers do, goes on.
/// </summary>
[Collection(nameof(Failures))]
public sealed class ClockTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("novadocker-e2e-");

    private string Offset => Path.Combine(_directory.FullName, "offset");

    public void Dispose() => _directory.Delete(recursive: true);

    [SkippableFact]
    public async Task Set_back_an_hour_nothing_waits_for_it_and_every_history_stays_in_order()
    {
        await using var lab = await StartAsync();
        var (early, watched) = (await BootedAsync(lab, "early"), await BootedAsync(lab, "watched"));

        SetBack();
        await SeesItSetBackAsync(lab, early);
        var late = await BootedAsync(lab, "late");
        await DoAsync(lab, early, id => new Pause(id, Lab.NewRequest()), InstancePhase.Paused);
        await DoAsync(lab, early, id => new Unpause(id, Lab.NewRequest()), InstancePhase.Active);
        await DoAsync(lab, early, id => new Stop(id, Lab.NewRequest()), InstancePhase.Stopped);
        await DoAsync(lab, early, id => new Start(id, Lab.NewRequest()), InstancePhase.Active);
        await DoAsync(lab, late, id => new Reboot(id, Lab.NewRequest(), true), InstancePhase.Active);
        await lab.Engine.KillContainerAsync($"nova-{watched}");
        Assert.Equal(137, (await lab.RestsAsync(watched.ToString(), InstancePhase.Stopped))!.LastExit!.ExitCode);

        // What it is now can be asked for, by a time from before it was booted.
        var history = await HistoryAsync(lab, early);
        var (first, now) = (history[0].OccurredAt, history[^1].OccurredAt);
        Assert.True(now < first - (Hour / 2), $"{now} is not behind {first}");
        Assert.Equal(InstancePhase.Active, (await lab.Client.GetInstanceAtAsync(early, now))!.Phase);
        Assert.Null(await lab.Client.GetInstanceAtAsync(early, history.Min(row => row.OccurredAt) - Hour));

        await lab.Node.KillAsync();
        await lab.StartNodeAsync();
        await lab.EngineAnswersAsync();
        await DoAsync(lab, watched, id => new Start(id, Lab.NewRequest()), InstancePhase.Active);
        await lab.Engine.RemoveContainerAsync($"nova-{late}");
        await lab.RestsAsync(late.ToString(), InstancePhase.Error);
        foreach (var id in new[] { early, watched, late })
            await HistoryAsync(lab, id);
        await lab.DeleteAsync(early.ToString(), watched.ToString(), late.ToString());
        output.WriteLine(lab.Log);
    }

    [SkippableFact]
    public async Task A_retry_that_was_awaited_comes_in_its_time_also_after_a_start_with_the_clock_behind()
    {
        // The wait is long enough for the kill to fall into it, and much shorter than the hour.
        await using var lab = await StartAsync("instances.retry.initial-backoff=4s", "engine.control-timeout=2s");
        var id = await BootedAsync(lab, "retried");
        var held = lab.Proxy.Hold("POST .*/containers/[^/]+/pause", HoldAt.Request);
        var pause = await lab.Client.PauseAsync(id, Lab.NewRequest());
        await Eventually.CompletesAsync(held.Reached, "the Engine is asked to freeze it");
        await Eventually.BecomesAsync(
            () => lab.Client.GetInstanceAsync(id), view => view?.Operation?.RetryAt is not null, "a retry is awaited");

        await lab.Node.KillAsync();
        SetBack();
        held.Cut();
        await lab.StartNodeAsync();

        Assert.Equal(InstancePhase.Paused, (await lab.EndOfAsync(pause)).Phase);
        await lab.DeleteAsync(id.ToString());
    }

    [SkippableFact]
    public async Task A_leftover_is_removed_after_its_grace_time_and_not_an_hour_later()
    {
        await using var lab = await StartAsync("host.reconcile-interval=1s", "host.orphan-grace=20s");
        var id = await BootedAsync(lab, "twice");
        var own = Assert.Single(await lab.ContainersOfAsync(id.ToString()))!;
        var second = await lab.Engine.CopyContainerAsync(own.Text("Id")!);
        await Eventually.HoldsAsync(
            () => lab.Log.Contains($"{second} is left over", StringComparison.Ordinal), "the second container is seen");

        SetBack();
        await SeesItSetBackAsync(lab, id);
        Assert.NotNull(await lab.Engine.ContainerAsync(second));

        await Eventually.BecomesAsync(
            () => lab.Engine.ContainerAsync(second), found => found is null, "the second container is removed", TimeSpan.FromMinutes(1));
        await lab.DeleteAsync(id.ToString());
    }

    private async Task<Lab> StartAsync(params string[] settings)
    {
        var library = $"/usr/lib/{Libraries}/faketime/libfaketime.so.1";
        Skip.IfNot(File.Exists(library), "needs libfaketime (package faketime), to set back the clock of one process");
        var lab = Lab.Empty(settings);
        await File.WriteAllTextAsync(Offset, "+0");
        lab.NodeEnvironment["LD_PRELOAD"] = library;
        lab.NodeEnvironment["FAKETIME_TIMESTAMP_FILE"] = Offset;
        lab.NodeEnvironment["FAKETIME_CACHE_DURATION"] = "1";
        lab.NodeEnvironment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        // Without it libfaketime 0.9.10 ends every timed wait of a thread at once where the monotonic clock is left alone:
        // it takes the two clocks' difference for time that has passed. Akka then gives up a lock that it waits 10 s for.
        lab.NodeEnvironment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
        try
        {
            await lab.OpenAsync();
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    private static string Libraries =>
        System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64
            ? "aarch64-linux-gnu"
            : "x86_64-linux-gnu";

    private void SetBack()
    {
        // In one step: the node may be reading it.
        var next = $"{Offset}.next";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"-{Hour.TotalSeconds}"));
        File.Move(next, Offset, overwrite: true);
    }

    /// <summary>The node looks at its clock once a second. Commands that do nothing leave their time in the history.</summary>
    private static Task<TimeSpan> SeesItSetBackAsync(Lab lab, InstanceId active) => Eventually.BecomesAsync(
        async () =>
        {
            Assert.IsType<AlreadyDone>(await lab.Client.StartAsync(active, Lab.NewRequest()));
            var history = await HistoryAsync(lab, active);
            return history[0].OccurredAt - history[^1].OccurredAt;
        },
        behind => behind > Hour / 2,
        "the node's clock is behind");

    private static async Task<InstanceId> BootedAsync(Lab lab, string name) =>
        InstanceId.Parse((await lab.BootAsync(name)).Text("id")!);

    private static async Task DoAsync(Lab lab, InstanceId id, Func<InstanceId, VerbCommand> command, InstancePhase end) =>
        Assert.Equal(end, (await lab.EndOfAsync(await lab.Client.SendAsync(command(id)))).Phase);

    private static async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(Lab lab, InstanceId id)
    {
        var rows = await lab.Client.GetHistoryAsync(id).ReadAllAsync();
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => (long)n), rows.Select(row => row.Sequence));
        return rows;
    }
}
