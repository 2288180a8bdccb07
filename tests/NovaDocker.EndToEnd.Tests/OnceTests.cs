using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>What many ask at the same time is done once.</summary>
public sealed class OnceTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    private const int Many = 10;

    [SkippableFact]
    public async Task Ten_boots_of_an_image_that_is_not_there_are_one_transfer()
    {
        var image = (await Lab.AddImageAsync("absent", Lab.Shell(["sleep", "3601"]))).Text("id")!;
        Assert.Null(await Lab.Engine.ImageAsync($"novadocker/image:{image}"));
        var loaded = Loads();
        var ids = Enumerable.Range(0, Many).Select(_ => CommanderIds.NewInstanceId()).ToArray();

        var replies = await Task.WhenAll(ids.Select(id => BootAsync(id, "absent")));
        var ends = await Task.WhenAll(replies.Select(Lab.EndOfAsync));

        Assert.All(ends, view => Assert.Equal(InstancePhase.Active, view.Phase));
        Assert.Equal(loaded + 1, Loads());
        var histories = await Task.WhenAll(ids.Select(id => Lab.Client.GetHistoryAsync(id).ReadAllAsync()));
        Assert.All(histories, rows => Assert.Single(rows, row => row.Event == "ensure-image-completed"));
        await Lab.DeleteAsync([.. ids.Select(id => id.ToString())]);
    }

    [SkippableFact]
    public async Task Two_boots_with_one_id_are_one_instance()
    {
        var id = CommanderIds.NewInstanceId().ToString();
        await using var first = Lab.Start("boot", "--name", "one", "--image", Lab.ImageName, "--memory-mb", "32", "--id", id, "--json");
        await using var second = Lab.Start("boot", "--name", "two", "--image", Lab.ImageName, "--memory-mb", "32", "--id", id, "--json");

        var ended = await Task.WhenAll(first.EndAsync(), second.EndAsync());

        Assert.Equal([0, 3], ended.Select(result => result.ExitCode).Order());
        Assert.Equal("already-exists", ended.Single(result => result.ExitCode == 3).Failure.Text("error"));
        Assert.Single(await Lab.ContainersOfAsync(id));
        Assert.Single(await Lab.HistoryAsync(id), row => row.Text("event") == "boot-requested");
        await Lab.DeleteAsync(id);
    }

    private int Loads() => Lab.Proxy.Requests.Count(line => line.Contains("/images/load", StringComparison.Ordinal));

    private Task<InstanceProtocol.CommandReply> BootAsync(InstanceId id, string image) => Lab.Client.BootAsync(
        new(id, Lab.NewRequest(), "one-of-ten", image, 16, 1, [], EquatableMap<string>.Empty));
}
