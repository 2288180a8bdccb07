using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Ten_boots_of_one_absent_image_load_it_once()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var load = machine.Engine.Faults.HoldBefore(EngineCall.LoadImage);
        var ids = Enumerable.Range(0, 10).Select(_ => CommanderIds.NewInstanceId()).ToArray();

        var replies = await Task.WhenAll(ids.Select(id => host.BootAsync(id)));
        Assert.All(replies, reply => Assert.IsType<Accepted>(reply));
        await Eventually.CompletesAsync(load.Reached, "the image is being loaded");
        await Eventually.BecomesAsync(
            async () => await Task.WhenAll(ids.Select(host.ViewAsync)),
            views => views.All(view => view?.Operation?.Step == StepKind.EnsureImage), "all wait for the image");
        load.Release();

        foreach (var id in ids)
            await host.RestsAsync(id, InstancePhase.Active);
        Assert.Equal(1, machine.Engine.CountOf(EngineCall.LoadImage));
        Assert.Equal(10, machine.Engine.Containers.Count(container => container.IsRunning));
        Assert.Equal(ids.Order(ComputeHost.ById), await host.ListAsync(limit: 3));
    }

    [Theory]
    [InlineData("req-1", "req-1")]
    [InlineData("req-1", "req-2")]
    public async Task Two_boots_with_one_id_make_one_instance(string first, string second)
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        for (var round = 0; round < 10; round++)
        {
            var id = CommanderIds.NewInstanceId();
            var replies = await Task.WhenAll(host.BootAsync(id, first), host.BootAsync(id, second));

            await host.RestsAsync(id, InstancePhase.Active);
            if (first == second)
                Assert.Equal(replies[0], replies[1]);
            else
                Assert.Equal(RefusalCode.AlreadyExists, Assert.Single(replies.OfType<Refused>()).Code);
            var accepted = replies.OfType<Accepted>().First();
            var again = await host.BootAsync(id, replies[0] is Accepted ? first : second);
            Assert.Equal(accepted, again);
            Assert.Single(machine.Engine.Containers, container => container.Name == $"nova-{id}");
            Assert.Single(await host.HistoryAsync(id), entry => entry.Event == "boot-requested");
        }
    }
}
