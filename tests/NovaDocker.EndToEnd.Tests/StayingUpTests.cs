using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>
/// Boots whose process must stay up, as those by Nova. The host watches it for far longer than any of these needs to end, so that
/// no test hangs on how fast it does.
/// </summary>
public sealed class StayingUpTests
{
    private const string Watch = "instances.boot-watch=30s";

    [SkippableFact]
    public async Task A_process_that_ends_at_once_is_a_boot_that_failed_and_leaves_nothing()
    {
        TestEngine.AddressOrSkip();
        await using var lab = await Lab.StartAsync(Watch);

        var result = await lab.RunAsync(
            "boot", "--name", "fails", "--image", lab.ImageName, "--memory-mb", "32", "--json", "--must-stay-up",
            "--command", "sh", "-c", "echo sorry; exit 3");

        Assert.Equal(1, result.ExitCode);
        var id = result.Row.Text("id")!;
        var view = await lab.RestsAsync(id, InstancePhase.Error);
        Assert.Equal("The process ended at once: exit 3. Its last words: sorry", view!.Fault!.Message);
        Assert.Empty(await lab.ContainersOfAsync(id));
        await lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task A_node_that_was_killed_while_it_watched_goes_on_watching()
    {
        TestEngine.AddressOrSkip();
        await using var lab = await Lab.StartAsync(Watch);
        var id = (await lab.DoAsync(
            "boot", "--name", "watched", "--image", lab.ImageName, "--memory-mb", "32", "--must-stay-up", "--no-wait",
            "--command", "sh", "-c", "until [ -e /go ]; do sleep 0.1; done; echo gone; exit 4")).Text("id")!;
        var container = await Eventually.BecomesAsync(
            () => lab.Engine.ContainerAsync($"nova-{id}"), now => now?["State"]?.Text("Status") == "running", "the process runs");

        await lab.Node.KillAsync();
        await lab.StartNodeAsync();
        await lab.Engine.ExecAsync(container!.Text("Id")!, "sh", "-c", "echo > /go");

        var view = await lab.RestsAsync(id, InstancePhase.Error);
        Assert.Equal("The process ended at once: exit 4. Its last words: gone", view!.Fault!.Message);
        var history = await lab.HistoryAsync(id);
        Assert.Contains(history, row => row.Text("event") == "work-resumed");
        Assert.Single(history, row => row.Text("event") == "start-container-failed");
        Assert.Empty(await lab.ContainersOfAsync(id));
        await lab.DeleteAsync(id);
    }
}
