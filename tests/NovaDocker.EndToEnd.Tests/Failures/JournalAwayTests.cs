using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.EndToEnd.Tests.Failures;

/// <summary>
/// The journal is away while a node runs: its disk is full or read-only, its files are deleted, moved away or replaced.
/// Commanders are told, nothing is done at the Engine, and where the journal comes back the node goes on by itself.
/// </summary>
[Collection(nameof(Failures))]
public sealed class JournalAwayTests(ITestOutputHelper output)
{
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task On_a_full_disk_nothing_is_begun_and_with_room_again_it_goes_on_by_itself()
    {
        await using var disk = await SmallDisk.InMemoryAsync(16);
        await using var lab = await StartAsync(disk);
        var id = await BootedAsync(lab);

        disk.Fill();
        await AssertNothingIsBegunAsync(lab, id);
        disk.Free();

        await AssertGoesOnAsync(lab, id);
    }

    [SkippableFact]
    public async Task A_step_that_ends_while_the_disk_is_full_is_not_lost()
    {
        await using var disk = await SmallDisk.InMemoryAsync(16);
        await using var lab = await StartAsync(disk);
        var id = await BootedAsync(lab);
        var held = lab.Proxy.Hold("POST .*/stop", HoldAt.Answer);
        var stop = await lab.Client.StopAsync(id, Lab.NewRequest());
        await Eventually.CompletesAsync(held.Reached, "the container is stopped");

        disk.Fill();
        held.Cut();
        await Eventually.HoldsAsync(
            () => lab.Log.Contains("database or disk is full", StringComparison.Ordinal), "the journal refuses", RecoveryTime);
        disk.Free();

        Assert.Equal(InstancePhase.Stopped, (await lab.EndOfAsync(stop)).Phase);
        Assert.Contains(await lab.HistoryAsync(id.ToString()), row => row.Text("event") == "work-resumed");
        await lab.DeleteAsync(id.ToString());
    }

    [SkippableFact]
    public async Task On_a_disk_that_turned_read_only_nothing_is_begun_and_after_its_repair_the_next_start_goes_on()
    {
        await using var disk = await SmallDisk.OnLoopDeviceAsync();
        await using var lab = await StartAsync(disk);
        var id = await BootedAsync(lab);

        await disk.FailAsync();
        await AssertNothingIsBegunAsync(lab, id);

        // The kernel does not let such a file system be written again while somebody uses it.
        await lab.Node.KillAsync();
        await disk.RepairAsync();
        await lab.StartNodeAsync();
        await AssertGoesOnAsync(lab, id);
    }

    [SkippableFact]
    public async Task A_journal_that_was_moved_away_is_missed_and_when_it_is_back_the_node_goes_on_by_itself()
    {
        await using var lab = await Lab.StartAsync();
        var id = await BootedAsync(lab);
        var (journal, aside) = (Path.Combine(lab.DataDirectory, "journal"), Path.Combine(lab.DataDirectory, "aside"));

        Directory.Move(journal, aside);
        await AssertIsSaidAsync(lab, "was removed or moved away");
        await AssertNothingIsBegunAsync(lab, id);
        Assert.False(Directory.Exists(journal));
        Directory.Move(aside, journal);

        await AssertGoesOnAsync(lab, id);
        await Eventually.HoldsAsync(() => lab.Log.Contains("The journal is back", StringComparison.Ordinal), "the log says so");
        output.WriteLine(lab.Log);
    }

    [SkippableTheory]
    [InlineData("journal.db")]
    [InlineData("journal.db-wal")]
    [InlineData("snapshots.db")]
    public async Task A_file_of_the_journal_that_is_deleted_is_missed_and_nothing_more_is_begun(string name)
    {
        await using var lab = await Lab.StartAsync();
        var id = await BootedAsync(lab);

        File.Delete(Path.Combine(lab.DataDirectory, "journal", name));

        await AssertIsSaidAsync(lab, $"{name}, which this node has open, was removed or moved away");
        await AssertNothingIsBegunAsync(lab, id);
        Assert.False(File.Exists(Path.Combine(lab.DataDirectory, "journal", name)));
        await RemoveAsync(lab, id);
    }

    [SkippableFact]
    public async Task A_journal_that_another_file_took_the_place_of_is_written_neither_into_nor_over()
    {
        await using var lab = await Lab.StartAsync();
        var id = await BootedAsync(lab);
        var file = Path.Combine(lab.DataDirectory, "journal", "journal.db");
        var other = $"{file}.other";
        File.Copy(file, other);
        var copied = await File.ReadAllBytesAsync(other);

        File.Move(other, file, overwrite: true);

        await AssertIsSaidAsync(lab, "is another file than the one that this node has open");
        await AssertNothingIsBegunAsync(lab, id);
        Assert.Equal(copied, await File.ReadAllBytesAsync(file));
        await RemoveAsync(lab, id);
    }

    private static async Task<Lab> StartAsync(SmallDisk disk)
    {
        var lab = Lab.Empty($"journal.directory={disk.Path}/journal");
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

    private static async Task<InstanceId> BootedAsync(Lab lab) =>
        InstanceId.Parse((await lab.BootAsync("before")).Text("id")!);

    private static Task AssertIsSaidAsync(Lab lab, string text) => Eventually.HoldsAsync(
        () => lab.Log.Contains("The journal is away", StringComparison.Ordinal) && lab.Log.Contains(text, StringComparison.Ordinal),
        $"the log says '{text}'");

    /// <summary>A stop and a boot are refused, again and again; the Engine is asked for nothing that would change it.</summary>
    private static async Task AssertNothingIsBegunAsync(Lab lab, InstanceId id)
    {
        var before = lab.Proxy.Requests.Count;
        var booting = CommanderIds.NewInstanceId();
        Assert.Equal(RefusalCode.JournalUnavailable, (await RefusedAsync(() => lab.Client.StopAsync(id, Lab.NewRequest()))).Code);
        Assert.Equal(RefusalCode.JournalUnavailable, (await RefusedAsync(() => lab.Client.BootAsync(Boot(lab, booting)))).Code);

        Assert.DoesNotContain(lab.Proxy.Requests.Skip(before), line => !line.StartsWith("GET ", StringComparison.Ordinal));
        Assert.Empty(await lab.ContainersOfAsync(booting.ToString()));
        Assert.Equal("running", (await lab.Engine.ContainerAsync($"nova-{id}"))!["State"]!.Text("Status"));
    }

    private static async Task<Refused> RefusedAsync(Func<Task<CommandReply>> command) =>
        Assert.IsType<Refused>(await command());

    /// <summary>Commands are taken again, on the instance that was there and on a new one, and the history has no gap.</summary>
    private static async Task AssertGoesOnAsync(Lab lab, InstanceId id)
    {
        await DoneAsync(() => lab.Client.StopAsync(id, Lab.NewRequest()));
        Assert.Equal(InstancePhase.Stopped, (await lab.RestsAsync(id.ToString(), InstancePhase.Stopped))!.Phase);
        var booting = CommanderIds.NewInstanceId();
        await DoneAsync(() => lab.Client.BootAsync(Boot(lab, booting)));
        await lab.RestsAsync(booting.ToString(), InstancePhase.Active);
        Assert.Single(await lab.HistoryAsync(id.ToString()), row => row.Text("event") == "stop-completed");
        await lab.DeleteAsync(id.ToString(), booting.ToString());

        Task DoneAsync(Func<Task<CommandReply>> command) =>
            Eventually.BecomesAsync(command, reply => reply is Accepted or AlreadyDone, "the command is taken", RecoveryTime);
    }

    private static ComputeProtocol.BootInstance Boot(Lab lab, InstanceId id) =>
        new(id, Lab.NewRequest(), "meanwhile", lab.ImageName, 32, 1, [], EquatableMap<string>.Empty);

    /// <summary>Takes away what a node without its journal cannot.</summary>
    private static async Task RemoveAsync(Lab lab, InstanceId id)
    {
        await lab.Node.KillAsync();
        await lab.Engine.RemoveContainerAsync($"nova-{id}");
    }
}
