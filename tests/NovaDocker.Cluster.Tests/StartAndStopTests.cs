using Microsoft.Extensions.Logging;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

[Collection(OneAtATime.Name)]
public sealed class StartAndStopTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_life_of_a_host_logs_no_warning_and_leaves_no_file_of_Akka()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        Assert.True(host.System.Settings.Config.GetBoolean("akka.actor.serialization-settings.allow-unregistered-types") is false);
        var id = await host.BootedAsync();
        await using (var client = new NovaDockerClient(new NovaDockerClientOptions { Contacts = [host.Address] }))
            Assert.Equal(InstancePhase.Active, (await client.GetInstanceAsync(id))!.Phase);
        await host.StopAsync();
        host = await machine.StartAsync();
        await host.RestsAsync(id, InstancePhase.Active);
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Delete, id));
        await host.RestsAsync(id, InstancePhase.Deleted);
        await host.StopAsync();

        Assert.NotEmpty(machine.Log.Lines);
        Assert.DoesNotContain(machine.Log.AtLeast(LogLevel.Warning), line => !IsCommanderLeaving(line) && !MachineNoise.Is(line.Message));
        Assert.Empty(Directory.GetDirectories(Environment.CurrentDirectory, "ddata*"));
    }

    /// <summary>Akka's remoting makes a warning of every commander that closes its connection.</summary>
    private static bool IsCommanderLeaving(LogLine line) => line.Message.Contains("commander-", StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public async Task Start_and_stop_are_quick(int instances)
    {
        const string roomy = "novadocker.host.cpu-allocation-ratio = 1000";
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync(roomy);
        var ids = Enumerable.Range(0, instances).Select(_ => CommanderIds.NewInstanceId()).ToArray();
        foreach (var some in ids.Chunk(20))
            Assert.All(await Task.WhenAll(some.Select(id => host.BootAsync(id))), reply => Assert.IsType<Accepted>(reply));
        await Eventually.HoldsAsync(
            () => machine.Engine.Containers.Count(container => container.IsRunning) == instances, "all run",
            TimeSpan.FromSeconds(60));

        var stopping = TimeProvider.System.GetTimestamp();
        await host.StopAsync();
        var stop = TimeProvider.System.GetElapsedTime(stopping);

        var starting = TimeProvider.System.GetTimestamp();
        host = await machine.StartAsync(roomy);
        var up = TimeProvider.System.GetElapsedTime(starting);
        var asked = ids.FirstOrDefault(CommanderIds.NewInstanceId());
        Assert.Equal(instances > 0, await host.ViewAsync(asked) is not null);
        var answered = TimeProvider.System.GetElapsedTime(starting);
        await Eventually.BecomesAsync(() => host.ListAsync(), list => list.Count == instances, "all are listed");
        var listed = TimeProvider.System.GetElapsedTime(starting);

        output.WriteLine($"{instances} instances: stop {stop}, up {up}, first answer {answered}, whole list {listed}");
        Assert.InRange(stop, TimeSpan.Zero, Limit);
        Assert.InRange(answered, TimeSpan.Zero, Limit);
    }
}
