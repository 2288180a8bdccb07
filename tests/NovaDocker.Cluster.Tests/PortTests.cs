using System.Net;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

/// <summary>Instances with ports, on a whole host over an Engine and network devices in memory.</summary>
public sealed partial class PortTests
{
    private const string Impatient =
        "novadocker.instances { retry.max-attempts = 2, clean-up-retry.max-attempts = 2 }";

    private static readonly TimeSpan Seldom = TimeSpan.FromHours(1);

    public static TheoryData<NetworkCall> CallsOfABoot => [NetworkCall.Prepare, NetworkCall.Plug];

    [Fact]
    public async Task A_boot_a_port_more_a_port_less_and_a_deletion()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await BootedAsync(host, Nic(1));
        var sandbox = Sandbox(machine, id);
        Assert.Equal($"container:{sandbox.Id}", machine.Engine.SpecOf($"nova-{id}").NetworkMode);
        Assert.Equal(sandbox.NamespacePath, Assert.Single(machine.Network.Devices).Value);
        var order = machine.Engine.History.Select(happened => happened.Action);
        Assert.Equal(["create", "start", "create", "start"], order);

        await AttachedAsync(host, id, Nic(2));
        Assert.Equal(2, machine.Network.Devices.Count);
        Assert.Equal([0, 1], (await host.ViewAsync(id))!.Ports.Select(port => port.Index));
        await host.AskAsync<Accepted>(new DetachInterface(id, Commands.By("req-detach"), Port(1)));
        await host.RestsAsync(id, InstancePhase.Active);
        Assert.Equal([Device(2)], machine.Network.Devices.Keys);
        Assert.Equal("eth1", machine.Network.PlugOf(Device(2)).Interface.Name);

        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Delete, id));
        await host.RestsAsync(id, InstancePhase.Deleted);
        AssertNothingLeft(machine);
        var history = (await host.HistoryAsync(id)).Select(entry => entry.Event).ToList();
        Assert.True(history.IndexOf("remove-container-completed") < history.LastIndexOf("unplug-vifs-completed"));
        Assert.True(history.LastIndexOf("unplug-vifs-completed") < history.IndexOf("remove-sandbox-completed"));
    }

    [Fact]
    public async Task A_restart_of_the_node_changes_nothing_of_what_is_plugged()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var (runs, stopped) = (await BootedAsync(host, Nic(1), Nic(2)), await BootedAsync(host, Nic(3)));
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Stop, stopped));
        await host.RestsAsync(stopped, InstancePhase.Stopped);
        var (devices, histories) = (machine.Network.Devices, await HistoriesAsync(host, runs, stopped));
        await host.AbortAsync();
        var before = machine.Network.Calls.Length;

        host = await machine.StartAsync();
        await Eventually.HoldsAsync(
            () => machine.Network.Calls.Skip(before).Count(call => call.Call == NetworkCall.Look) > 3, "it is looked");
        Assert.Empty((await ReconcileAsync(host, dryRun: false)));

        Assert.All(machine.Network.Calls.Skip(before), call => Assert.Equal(NetworkCall.Look, call.Call));
        Assert.Equal(devices, machine.Network.Devices);
        Assert.Equal(histories, await HistoriesAsync(host, runs, stopped));

        machine.Network.Delete(Device(1));
        await IsRepairedAsync(host, runs, times: 1);
    }

    [Theory]
    [MemberData(nameof(CallsOfABoot))]
    public async Task A_boot_whose_network_fails_ends_in_Error_with_the_reason_leaves_nothing_and_can_be_started(NetworkCall failing)
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync(Impatient);
        machine.Network.Before = (call, subject, _) => call == failing && subject != Device(1)
            ? Task.FromException(new VifException(FaultCode.Transient, $"{call} {subject}", "by order"))
            : Task.CompletedTask;
        var id = CommanderIds.NewInstanceId();

        Assert.IsType<Accepted>(await BootAsync(host, id, Nic(1), Nic(2)));

        var view = await host.RestsAsync(id, InstancePhase.Error);
        Assert.StartsWith($"{failing} ", view.Fault!.Message, StringComparison.Ordinal);
        Assert.EndsWith(": by order", view.Fault.Message, StringComparison.Ordinal);
        AssertNothingLeft(machine);
        Assert.Equal(0, (await host.HostAsync()).Instances);
        Assert.Equal(2, view.Ports.Count);
        machine.Network.Before = (_, _, _) => Task.CompletedTask;
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Start, id));
        Assert.All((await host.RestsAsync(id, InstancePhase.Active)).Ports, port => Assert.True(port.IsPlugged));
        Assert.Equal(2, machine.Network.Devices.Count);
    }

    [Fact]
    public async Task A_port_that_cannot_be_attached_is_taken_back_and_the_others_stay()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync(Impatient);
        var id = await BootedAsync(host, Nic(1));
        machine.Network.Before = (call, subject, _) => call == NetworkCall.Plug && subject == Device(2)
            ? Task.FromException(new VifException(FaultCode.Invalid, $"{call} {subject}", "by order"))
            : Task.CompletedTask;

        Assert.IsType<Accepted>(await AttachAsync(host, id, Nic(2)));

        await Eventually.BecomesAsync(
            () => host.HistoryAsync(id), history => history[^1].Event == "attach-interface-failed", "it fails");
        var view = await host.RestsAsync(id, InstancePhase.Active);
        Assert.Equal([Port(1)], view.Ports.Select(port => port.Vif.Id));
        Assert.Equal([Device(1)], machine.Network.Devices.Keys);
        machine.Network.Before = (_, _, _) => Task.CompletedTask;
        await AttachedAsync(host, id, Nic(2));
        Assert.Equal(2, machine.Network.Devices.Count);
    }

    [Fact]
    public async Task After_a_restart_of_the_Engine_ports_are_in_the_new_namespace_before_the_program_runs()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = CommanderIds.NewInstanceId();
        var always = UpkeepPolicy.None with { Restart = new RestartPolicy(RestartMode.Always, 0) };
        await host.AskAsync<Accepted>(Commands.Boot(id) with { Nics = [Nic(1)], Upkeep = always });
        await host.RestsAsync(id, InstancePhase.Active);
        var old = Sandbox(machine, id).NamespacePath!;
        var plugged = new List<string>();
        machine.Engine.Programs = spec =>
        {
            if (spec.Name == $"nova-{id}")
                    plugged.AddRange(machine.Network.Devices.Values);
            return new FakeProgram();
        };

        machine.Engine.GoAway();
        machine.Engine.DropEventStreams();
        await Eventually.BecomesAsync(host.HostAsync, view => view.EngineState == EngineState.Unreachable, "it is away");
        machine.Engine.Exit($"nova-{id}", 137);
        machine.Engine.Exit($"nova-{id}-sandbox", 137);
        machine.Network.DeleteNamespace(old);
        machine.Engine.Faults.Clear();

        await Eventually.BecomesAsync(
            () => host.ViewAsync(id), view => view is { Phase: InstancePhase.Active, Operation: null, Restarts: 1 }, "it is up again");
        var path = Sandbox(machine, id).NamespacePath!;
        Assert.NotEqual(old, path);
        Assert.Equal(path, Assert.Single(plugged));
        Assert.Equal([path], machine.Network.Devices.Values);
    }

    [Fact]
    public async Task A_sandbox_that_ends_is_noted_and_its_instance_is_plugged_where_its_process_is()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await BootedAsync(host, Nic(1));
        var container = machine.Engine.Containers.Single(one => one.Name == $"nova-{id}");

        machine.Engine.Exit($"nova-{id}-sandbox", 137);
        await Eventually.BecomesAsync(() => host.ViewAsync(id), view => !view!.IsSandboxUp, "it is noted");
        machine.Network.Delete(Device(1));

        await IsRepairedAsync(host, id, times: 1);
        Assert.Equal($"/proc/{container.Pid}/ns/net", machine.Network.Devices[Device(1)]);
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.HardReboot, id));
        await host.RestsAsync(id, InstancePhase.Active);
        Assert.Equal(Sandbox(machine, id).NamespacePath, machine.Network.Devices[Device(1)]);
        Assert.Equal("sandbox-lost", Assert.Single(
            await host.HistoryAsync(id), entry => entry.Event.StartsWith("sandbox", StringComparison.Ordinal)).Event);
    }

    [Fact]
    public async Task A_sandbox_that_is_gone_when_the_node_starts_is_found_by_the_comparison()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync(verifyInterval: Seldom);
        var id = await BootedAsync(host, Nic(1));
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Stop, id));
        await host.RestsAsync(id, InstancePhase.Stopped);
        await host.AbortAsync();
        machine.Engine.HoldEvents();
        await machine.Engine.RemoveContainerAsync($"nova-{id}-sandbox", CancellationToken.None);

        host = await machine.StartAsync("novadocker.host.reconcile-interval = 200ms", Seldom);

        await Eventually.BecomesAsync(() => host.ViewAsync(id), view => !view!.IsSandboxUp, "it is noted");
        var lost = Assert.Single(await host.HistoryAsync(id), entry => entry.Event == "sandbox-lost");
        Assert.Equal("true", lost.Data["removed"]);
    }

    [Fact]
    public async Task What_is_left_over_of_ports_and_sandboxes_is_reported_kept_for_its_grace_and_removed()
    {
        await using var machine = await Machine.CreateAsync();
        const string settings = "novadocker.host { reconcile-interval = 1h, orphan-grace = 300ms }";
        var host = await machine.StartAsync(settings);
        var id = await BootedAsync(host, Nic(1));
        var spec = machine.Engine.SpecOf($"nova-{id}-sandbox");
        var orphan = await machine.Engine.CreateContainerAsync(spec with { Name = "second" }, CancellationToken.None);
        await machine.Network.PlugAsync(
            machine.Network.PlugOf(Device(1)) with { Vif = machine.Network.PlugOf(Device(1)).Vif with { Id = Port(9) } },
            CancellationToken.None);
        FindingKind[] both = [FindingKind.OrphanSandbox, FindingKind.OrphanVif];

        var dry = await ReconcileAsync(host, dryRun: true);
        Assert.Equal(both.Select(kind => (kind, FindingAction.Reported)), dry.Select(finding => (finding.Kind, finding.Action)));
        Assert.Equal([orphan, Device(9)], dry.Select(finding => finding.Subject));
        var first = await ReconcileAsync(host, dryRun: false);
        Assert.All(first, finding => Assert.Equal(FindingAction.AwaitingGrace, finding.Action));
        await Eventually.BecomesAsync(
            () => ReconcileAsync(host, dryRun: false), findings => findings.Count == 0, "what is left over is removed");

        Assert.Equal([Device(1)], machine.Network.Devices.Keys);
        Assert.Equal(2, machine.Engine.Containers.Length);
        Assert.Equal(InstancePhase.Active, (await host.ViewAsync(id))!.Phase);
    }

    [Fact]
    public async Task A_device_that_was_made_under_another_journal_is_reported_and_stays()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync("novadocker.host.orphan-grace = 0s");
        var id = await BootedAsync(host, Nic(1));
        var plug = machine.Network.PlugOf(Device(1));
        await machine.Network.PlugAsync(
            plug with { Vif = plug.Vif with { Id = Port(9) }, Owner = plug.Owner with { Instance = CommanderIds.NewInstanceId() } },
            CancellationToken.None);

        var findings = await ReconcileAsync(host, dryRun: false);

        Assert.Equal(FindingAction.Reported, Assert.Single(findings).Action);
        Assert.Equal(2, machine.Network.Devices.Count);
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Delete, id));
        await host.RestsAsync(id, InstancePhase.Deleted);
        Assert.Equal([Device(9)], machine.Network.Devices.Keys);
    }

    [Fact]
    public async Task A_deleted_instance_hears_nothing_of_its_sandbox_s_end()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var id = await BootedAsync(host, Nic(1));
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Delete, id));
        await host.RestsAsync(id, InstancePhase.Deleted);
        var later = await BootedAsync(host, Nic(2));

        machine.Engine.Exit($"nova-{later}-sandbox", 1);
        await Eventually.BecomesAsync(() => host.ViewAsync(later), view => !view!.IsSandboxUp, "events are looked into");

        Assert.Equal("delete-completed", (await host.HistoryAsync(id))[^1].Event);
    }

    [Fact]
    public async Task Addresses_are_given_away_once_also_when_many_ask_at_once()
    {
        await using var machine = await Machine.CreateAsync();
        var host = await machine.StartAsync();
        var same = new NicRequest { Network = NetworkId.Parse("shared"), Addresses = [new NicAddress(IPAddress.Parse("10.9.0.5"), 24)] };
        var ids = Enumerable.Range(0, 8).Select(_ => CommanderIds.NewInstanceId()).ToArray();

        var replies = await Task.WhenAll(ids.Select(id => BootAsync(host, id, same)));

        Assert.Single(replies.OfType<Accepted>());
        Assert.All(replies.OfType<Refused>(), refused => Assert.Equal(RefusalCode.PortInUse, refused.Code));
        var booted = ids[Array.FindIndex(replies, reply => reply is Accepted)];
        await host.RestsAsync(booted, InstancePhase.Active);
        await host.AskAsync<Accepted>(Commands.Of(InstanceVerb.Delete, booted));
        await host.RestsAsync(booted, InstancePhase.Deleted);
        Assert.IsType<Accepted>(await BootAsync(host, CommanderIds.NewInstanceId(), same));
    }

    private static PortId Port(int number) => new(new Guid(number, 0x1234, 0, 0, 0, 0, 0, 0, 0, 0, (byte)number));

    private static string Device(int number) => $"tap{Port(number).Short}";

    private static NicRequest Nic(int number) => new()
    {
        Network = NetworkId.Parse("blue"),
        Port = Port(number),
        Addresses = [new NicAddress(IPAddress.Parse($"10.0.0.{number}"), 24)],
    };

    private static Task<CommandReply> BootAsync(ComputeHost host, InstanceId id, params NicRequest[] nics) =>
        host.AskAsync<CommandReply>(Commands.Boot(id) with { Nics = nics.ToEquatableArray() });

    private static async Task<InstanceId> BootedAsync(ComputeHost host, params NicRequest[] nics)
    {
        var id = CommanderIds.NewInstanceId();
        Assert.IsType<Accepted>(await BootAsync(host, id, nics));
        await host.RestsAsync(id, InstancePhase.Active);
        return id;
    }

    private static Task<CommandReply> AttachAsync(ComputeHost host, InstanceId id, NicRequest nic) =>
        host.AskAsync<CommandReply>(new ComputeProtocol.AttachNic(id, Commands.By(CommanderIds.NewRequestId()), nic));

    private static async Task AttachedAsync(ComputeHost host, InstanceId id, NicRequest nic)
    {
        Assert.IsType<Accepted>(await AttachAsync(host, id, nic));
        await Eventually.BecomesAsync(
            () => host.ViewAsync(id),
            view => view!.Operation is null && view.Ports.Any(port => port.Vif.Id == nic.Port && port.IsPlugged), "it is attached");
    }

    private static ContainerSnapshot Sandbox(Machine machine, InstanceId id) =>
        machine.Engine.Containers.Single(container => container.Name == $"nova-{id}-sandbox");

    private static int Looks(Machine machine) => machine.Network.Calls.Count(call => call.Call == NetworkCall.Look);

    private static Task<IReadOnlyList<HistoryEntry>> IsRepairedAsync(ComputeHost host, InstanceId id, int times) =>
        Eventually.BecomesAsync(
            () => host.HistoryAsync(id),
            history => history.Count(entry => entry.Event == "repair-completed") == times && history[^1].Event == "repair-completed",
            "it is repaired");

    private static async Task<IReadOnlyList<HistoryEntry>> HistoriesAsync(ComputeHost host, params InstanceId[] ids) =>
        [.. (await Task.WhenAll(ids.Select(id => host.HistoryAsync(id)))).SelectMany(history => history)];

    private static async Task<IReadOnlyList<ReconcileFinding>> ReconcileAsync(ComputeHost host, bool dryRun)
    {
        var report = Assert.Single((await host.AskAsync<ComputeProtocol.ReconcileReport>(new ComputeProtocol.Reconcile(dryRun))).Hosts);
        Assert.Null(report.Problem);
        return [.. report.Findings];
    }

    private static void AssertNothingLeft(Machine machine)
    {
        Assert.Empty(machine.Engine.Containers);
        Assert.Empty(machine.Network.Devices);
        Assert.Empty(machine.Network.Bridges);
    }
}
