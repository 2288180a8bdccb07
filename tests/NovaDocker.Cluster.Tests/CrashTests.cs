using System.Net;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

/// <summary>
/// A host that crashes at any time, on an Engine that loses answers, while many instances are driven. What a commander was
/// promised is kept, and in the end Engine, image store and journal agree.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Instances = 20;
    private const int Crashes = 4;
    private const int Commands = 40;
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(60);

    private static readonly InstanceVerb[] Verbs =
    [
        InstanceVerb.Start, InstanceVerb.Stop, InstanceVerb.SoftReboot, InstanceVerb.HardReboot, InstanceVerb.Pause,
        InstanceVerb.Unpause, InstanceVerb.Snapshot, InstanceVerb.AttachInterface, InstanceVerb.DetachInterface, InstanceVerb.Delete,
    ];

    private static readonly EngineCall[] Calls =
    [
        EngineCall.CreateContainer, EngineCall.StartContainer, EngineCall.StopContainer, EngineCall.KillContainer,
        EngineCall.PauseContainer, EngineCall.UnpauseContainer, EngineCall.RemoveContainer, EngineCall.CommitContainer,
        EngineCall.SaveImage, EngineCall.RemoveImage, EngineCall.FindContainer, EngineCall.ListContainers,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Journal_Engine_and_images_agree_after_crashes_at_any_time(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var machine = await Machine.CreateAsync();
        var ids = Enumerable.Range(0, Instances).Select(_ => CommanderIds.NewInstanceId()).ToArray();
        var promised = new List<Promise>();
        LoseAnswers(machine.Network, new Random(seed));
        for (var crash = 0; crash < Crashes; crash++)
        {
            var host = await machine.StartAsync();
            foreach (var call in Calls)
                machine.Engine.Faults.FailAfter(call, EngineErrorKind.Transient, random.Next(2));
            var goal = machine.Engine.Calls.Length + random.Next(20, 150);
            var asking = Enumerable.Range(0, Commands).Select(_ => AskAsync(host, random, ids)).ToArray();
            var idle = Task.WhenAll(asking);
            await Eventually.HoldsAsync(
                () => machine.Engine.Calls.Length >= goal || idle.IsCompleted, "enough has happened", SettleTime);
            promised.AddRange(asking.Where(ask => ask.IsCompletedSuccessfully).Select(ask => ask.Result));
            await host.AbortAsync();
        }

        machine.Engine.Faults.Clear();
        machine.Network.Script = null;
        var last = await machine.StartAsync();
        var views = await Eventually.BecomesAsync(
            async () => (await Task.WhenAll(ids.Select(last.ViewAsync))).OfType<InstanceView>().ToArray(),
            all => all.All(view => view.Operation is null
                && (view.Phase != InstancePhase.Active || view.Ports.All(port => machine.Network.Devices.ContainsKey(port.Vif.Device)))),
            "all rest, and who runs is plugged", SettleTime);
        output.WriteLine(string.Join(", ", views.GroupBy(view => view.Phase).Select(group => $"{group.Count()} {group.Key}")));
        Assert.NotEmpty(promised);
        var snapshots = 0;
        foreach (var id in views.Select(view => view.Id))
        {
            // Of one moment: a repair may come in between.
            var (view, history) = await Eventually.BecomesAsync(
                async () => (View: (await last.ViewAsync(id))!, History: await last.HistoryAsync(id)),
                both => both.View.Operation is null && both.View.Revision == both.History[^1].Sequence,
                "view and history agree");
            Assert.Equal(Enumerable.Range(1, history.Count).Select(n => (long)n), history.Select(entry => entry.Sequence));
            Assert.All(history.Zip(history.Skip(1)), pair => Assert.Equal(pair.Item1.State, pair.Item2.Before));
            Assert.Equal((view.Revision, view.Phase), (history[^1].Sequence, history[^1].State));
            snapshots += history.Count(entry => entry.Event == "upload-snapshot-completed");
            AssertContainer(machine, view);
        }

        foreach (var (id, requestId, reply) in promised)
        {
            var isKept = reply is NotFound
                || (await last.HistoryAsync(id)).Any(entry => entry.RequestId == requestId && entry.Kind != EventKind.Observation);
            Assert.True(isKept, $"{reply} was said to {requestId}, and the journal of {id} does not know of it.");
        }

        Assert.Equal(
            views.Count(view => view.ContainerId is not null) + views.Count(view => view.SandboxId is not null),
            machine.Engine.Containers.Length);
        AssertPorts(machine, views);
        Assert.Equal(1 + snapshots, (await machine.Images.ListAsync(null, ImageCaller.Nobody, CancellationToken.None)).Length);
        var images = (await machine.Engine.ListImagesAsync(new Dictionary<string, string>(), CancellationToken.None))
            .Where(image => !image.Tags.Contains("novadocker/sandbox:1")).ToList();
        Assert.True(images.Count <= 1, $"Only the image booted from stays: {string.Join(", ", images)}");
    }

    private static void AssertContainer(Machine machine, InstanceView view)
    {
        var container = machine.Engine.Containers.SingleOrDefault(candidate => candidate.Name == $"nova-{view.Id}");
        Assert.Equal(view.ContainerId, container?.Id);
        ContainerStatus[] expected = view.Phase switch
        {
            InstancePhase.Active => [ContainerStatus.Running],
            InstancePhase.Paused => [ContainerStatus.Paused],
            InstancePhase.Stopped => [ContainerStatus.Exited, ContainerStatus.Created],
            _ => Enum.GetValues<ContainerStatus>(),
        };
        if (view.Phase is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Stopped)
            Assert.Contains(container!.Status, expected);
        else
            Assert.Contains(view.Phase, new[] { InstancePhase.Error, InstancePhase.Deleted });
    }

    /// <summary>Who runs has every port in its sandbox, and what nobody has is not there.</summary>
    private static void AssertPorts(Machine machine, InstanceView[] views)
    {
        var living = views.Where(view => view.Phase != InstancePhase.Deleted).ToList();
        foreach (var view in living.Where(view => view.Phase == InstancePhase.Active && view.SandboxId is not null))
        {
            var sandbox = machine.Engine.Containers.Single(container => container.Id == view.SandboxId);
            Assert.All(view.Ports, port => Assert.Equal(sandbox.NamespacePath, machine.Network.Devices[port.Vif.Device]));
        }

        var ports = living.SelectMany(view => view.Ports).Select(port => port.Vif).ToList();
        Assert.Subset(ports.Select(vif => vif.Device).ToHashSet(), machine.Network.Devices.Keys.ToHashSet());
        Assert.Subset(ports.Select(vif => vif.Bridge).ToHashSet(), machine.Network.Bridges.ToHashSet());
        Assert.Equal(
            living.Select(view => view.SandboxId).OfType<string>().ToHashSet(),
            machine.Engine.Containers.Select(container => container.Id).Except(views.Select(view => view.ContainerId).OfType<string>()).ToHashSet());
        Assert.Empty(machine.Network.Interleaved);
    }

    /// <summary>Lets every tenth call of the network fail, some before their work and some after it.</summary>
    private static void LoseAnswers(FakeHostNetwork network, Random random)
    {
        var gate = new Lock();
        network.Script = (call, subject) =>
        {
            int chance;
            lock (gate)
                chance = random.Next(20);
            return chance switch
            {
                0 => new EngineFault(Before: Fail),
                1 => new EngineFault(After: Fail),
                _ => null,
            };

            Task Fail(CancellationToken token) =>
                Task.FromException(new VifException(FaultCode.Transient, $"{call} {subject}", "by order"));
        };
    }

    /// <summary>A port of an instance: two of three are booted with one, and may be given another.</summary>
    private static NicRequest Nic(int instance, int number) => new()
    {
        Network = NetworkId.Parse($"net-{instance % 4}"),
        Port = new PortId(new Guid((instance * 2) + number, 1, 1, 1, 1, 1, 1, 1, 1, 1, (byte)((instance * 2) + number))),
        Addresses = [new NicAddress(IPAddress.Parse($"10.0.0.{(instance * 2) + number + 1}"), 24)],
    };

    /// <summary>A boot, or a verb on any instance; deletions are rare, so that something is left to be driven.</summary>
    private static async Task<Promise> AskAsync(ComputeHost host, Random random, InstanceId[] ids)
    {
        var at = random.Next(ids.Length);
        var id = ids[at];
        var verb = Verbs[random.Next(Verbs.Length - (random.Next(4) == 0 ? 0 : 1))];
        var requestId = CommanderIds.NewRequestId();
        return new Promise(id, requestId, random.Next(2) == 0
            ? await host.AskAsync<CommandReply>(Cluster.Tests.Commands.Boot(id, requestId) with { Nics = at % 3 == 0 ? [] : [Nic(at, 0)] })
            : await host.AskAsync<CommandReply>(verb switch
            {
                InstanceVerb.AttachInterface =>
                    new ComputeProtocol.AttachNic(id, Cluster.Tests.Commands.By(requestId), Nic(at, 1)),
                InstanceVerb.DetachInterface =>
                    new DetachInterface(id, Cluster.Tests.Commands.By(requestId), Nic(at, random.Next(2)).Port!.Value),
                _ => Cluster.Tests.Commands.Of(verb, id, requestId),
            }));
    }

    /// <summary>What a commander was told.</summary>
    private sealed record Promise(InstanceId Id, string RequestId, CommandReply Reply);

    [Fact]
    public async Task A_program_that_ended_while_its_start_was_under_way_is_not_run_twice()
    {
        await using var machine = await Machine.CreateAsync();
        machine.Engine.Programs = _ => new FakeProgram(ExitCode: 0);
        var host = await machine.StartAsync();
        var id = CommanderIds.NewInstanceId();
        var start = machine.Engine.Faults.HoldAfter(EngineCall.StartContainer);
        await host.BootAsync(id);
        await Eventually.CompletesAsync(start.Reached, "the program has run");
        await Eventually.BecomesAsync(
            () => host.HistoryAsync(id), history => history[^1].Event == "container-exited", "its end is recorded");
        await host.AbortAsync();

        host = await machine.StartAsync();

        await host.RestsAsync(id, InstancePhase.Stopped);
        Assert.Equal(1, machine.Engine.CountOf(EngineCall.StartContainer));
    }
}
