using System.Net;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Hosts.HostProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>
/// What came with ports: the older samples have none, and their golden bytes are read as instances without a network.
/// </summary>
public static partial class Samples
{
    private static PortId Port => PortId.Parse("7a5c3b1d-0e2f-4142-8384-95a6b7c8d9ea");

    private static PortId BarePort => PortId.Parse("00000000-0000-4000-8000-000000000001");

    private static Vif FullVif => new(
        Port, MacAddress.Parse("fa:16:3e:12:34:56"),
        new VifNetwork(
            NetworkId.Parse("4b1e6f5a-8c7d-4e9f-a0b1-c2d3e4f50617"),
            [
                new VifSubnet(
                    IPNetwork.Parse("10.1.0.0/24"),
                    [
                        new FixedIp(IPAddress.Parse("10.1.0.5"), [IPAddress.Parse("203.0.113.7"), IPAddress.Parse("203.0.113.8")]),
                        new FixedIp(IPAddress.Parse("10.1.0.6"), []),
                    ])
                {
                    Gateway = IPAddress.Parse("10.1.0.1"),
                    Dns = [IPAddress.Parse("10.1.0.2"), IPAddress.Parse("2001:db8::53")],
                    Routes =
                    [
                        new VifRoute(IPNetwork.Parse("0.0.0.0/0"), IPAddress.Parse("10.1.0.254")),
                        new VifRoute(IPNetwork.Parse("10.2.0.0/16"), IPAddress.Any),
                    ],
                },
                new VifSubnet(IPNetwork.Parse("2001:db8:1::/64"), [new FixedIp(IPAddress.Parse("2001:db8:1::5"), [])])
                {
                    Gateway = IPAddress.Parse("fe80::1"),
                },
                new VifSubnet(IPNetwork.Parse("192.0.2.0/31"), []),
            ])
        {
            Label = "blue ünïcode",
            Bridge = "br-int",
            Mtu = 1442,
            ShouldCreateBridge = true,
            ShouldCreateVlan = true,
            Vlan = 4094,
            BridgeInterface = "eth1",
        },
        VifTypes.Ovs)
    {
        OvsInterfaceId = "ovs-7a5c3b1d",
        DeviceName = "tap7a5c3b1d-0e",
        VnicType = "direct",
        IsActive = true,
        Details = Map(("port_filter", "true"), ("ovs_hybrid_plug", "true"), ("connectivity", "")),
    };

    private static Vif BareVif => new(
        BarePort, MacAddress.For(BarePort), new VifNetwork(NetworkId.Parse("blue"), []), VifTypes.Bridge);

    private static InstanceSpec PortedSpec => BareSpec with { Vifs = [FullVif, BareVif] };

    private static EquatableArray<InstancePort> Ports =>
        [new InstancePort(FullVif, 0, IsPlugged: true), new InstancePort(BareVif, 31, IsPlugged: false)];

    private static EquatableArray<VifProblem> Problems =>
        [new VifProblem(Port, "tap7a5c3b1d-0e is gone."), new VifProblem(BarePort, "")];

    private static EquatableArray<StepKind> NetworkSteps =>
        [StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.UnplugVifs, StepKind.RemoveSandbox];

    private static NicRequest BareNic => new() { Network = NetworkId.Parse("blue") };

    private static NicRequest FullNic => BareNic with
    {
        Port = Port,
        Mac = MacAddress.Parse("fa:16:3e:12:34:56"),
        Type = "macvtap",
        Bridge = "br-ex",
        Addresses = [new NicAddress(IPAddress.Parse("10.1.0.5"), 24), new NicAddress(IPAddress.Parse("2001:db8::5"), null)],
        Gateways = [IPAddress.Parse("10.1.0.1"), IPAddress.Parse("fe80::1")],
        Dns = [IPAddress.Parse("10.1.0.2")],
        Mtu = 9000,
        Vlan = 1,
    };

    private static InstanceView PortedView => BareView with
    {
        Phase = InstancePhase.Attaching,
        Operation = new OperationView(Operation, InstanceVerb.AttachInterface, StepKind.PlugVifs, 1, null, null),
        Ports = Ports,
        SandboxId = "5a6b7c",
        IsSandboxUp = true,
    };

    private static HostNetworks NetworksOfHost => new(
        Host,
        [
            new NetworkView(NetworkId.Parse("blue"), "for people", VifTypes.Bridge, "br-blue", 3, IsLocal: true)
            {
                Mtu = 1500,
                Vlan = 7,
                Ranges = [IPNetwork.Parse("10.1.0.0/24"), IPNetwork.Parse("2001:db8:1::/64")],
                Free = [250, long.MaxValue],
            },
            new NetworkView(NetworkId.Parse("red"), "", VifTypes.Ovs, "br-int", 0, IsLocal: false),
        ],
        3, null);

    private static IEnumerable<(string Name, StepResult Result)> NetworkResults()
    {
        yield return ("sandbox-ready", new StepResult.SandboxReady("5a6b7c", Time, Adopted: false));
        yield return ("sandbox-ready-adopted", new StepResult.SandboxReady("5a6b7c", Time, Adopted: true));
        yield return ("vifs-plugged", new StepResult.VifsPlugged(
            [new PluggedVif(Port, "tap7a5c3b1d-0e", "eth0", Adopted: false), new PluggedVif(BarePort, "tap00000000-00", "eth1", Adopted: true)]));
        yield return ("no-vifs-plugged", new StepResult.VifsPlugged([]));
    }

    private static IEnumerable<Sample> PortEvents()
    {
        var byItself = Within(InstancePhase.Active) with { Request = new("", Initiator.Upkeep) };
        yield return new("boot-requested-with-ports", new BootRequested(
            Header(InstancePhase.Absent, InstancePhase.Building), Operation,
            [StepKind.CreateSandbox, StepKind.PlugVifs, StepKind.CreateContainer], PortedSpec, Resolved));
        foreach (var step in NetworkSteps)
            yield return new($"step-started-{step}", new StepStarted(Within(InstancePhase.Building), Operation, step, 1));
        foreach (var (name, result) in NetworkResults())
        {
            yield return new($"step-completed-{name}", new StepCompleted(
                Within(InstancePhase.Building), Operation, StepKind.PlugVifs, 1, result));
        }

        yield return new("attach-requested", new AttachRequested(
            Header(InstancePhase.Active, InstancePhase.Attaching), Operation, [StepKind.CreateSandbox, StepKind.PlugVifs], FullVif));
        yield return new("attach-requested-bare", new AttachRequested(
            Header(InstancePhase.Stopped, InstancePhase.Attaching), Operation, [], BareVif));
        yield return new("detach-requested", new DetachRequested(
            Header(InstancePhase.Paused, InstancePhase.Detaching), Operation, [StepKind.UnplugVifs, StepKind.PlugVifs], Port));
        yield return new("repair-requested", new RepairRequested(
            byItself with { After = InstancePhase.Repairing }, Operation, [StepKind.PlugVifs]));
        yield return new("vifs-broken", new VifsBroken(byItself with { Request = new("", Initiator.NetworkWatch) }, Problems));
        yield return new("sandbox-lost", new SandboxLost(byItself, "5a6b7c", IsRemoved: false));
        yield return new("sandbox-lost-and-removed", new SandboxLost(Within(InstancePhase.Stopped), "5a6b7c", IsRemoved: true));
        foreach (var verb in new[] { InstanceVerb.AttachInterface, InstanceVerb.DetachInterface, InstanceVerb.Repair })
        {
            yield return new($"operation-completed-{verb}", new OperationCompleted(
                Header(OperationPlan.For(verb).During, InstancePhase.Active), Operation, verb));
        }

        foreach (var code in new[] { RefusalCode.NoPort, RefusalCode.PortInUse, RefusalCode.NoSandbox, RefusalCode.NoAddress })
        {
            yield return new($"command-answered-{code}", new CommandAnswered(
                Within(InstancePhase.Active), InstanceVerb.AttachInterface, new Refused(Instance, code, "No.")));
        }
    }

    private static IEnumerable<Sample> PortSnapshots()
    {
        var facts = new InstanceFacts(
            Instance, 9, PortedSpec, Resolved, Host, Alice, Time, Time.AddTicks(1), "sha256:feed", "4f5e6d", Time, null, null, [])
        {
            SandboxId = "5a6b7c",
            SandboxStartedAt = Time.AddTicks(2),
            Ports = Ports,
            Repairs = 2,
        };
        yield return new("state-resting-with-ports", new InstanceSnapshot(
            new InstanceState.Resting(facts, InstancePhase.Active)));
        yield return new("state-working-attaching", new InstanceSnapshot(new InstanceState.Working(
            facts with { SandboxStartedAt = null },
            new Operation(
                Operation, InstanceVerb.AttachInterface, Request, InstancePhase.Stopped, NetworkSteps, StepStatus.Running, 1, 9,
                null, null, null)
            {
                Port = BarePort,
            })));
    }

    private static IEnumerable<Sample> PortMessages()
    {
        VerbCommand[] verbs = [new AttachInterface(Instance, Request, FullVif), new DetachInterface(Instance, Request, Port)];
        foreach (var verb in verbs)
        {
            yield return new($"{verb.Verb}", verb);
            yield return new($"{verb.Verb}-while-away", verb with { RefuseIfEngineAway = true, EngineProblem = "No socket." });
        }

        foreach (var (name, result) in NetworkResults())
            yield return new($"record-step-completed-{name}", new RecordStepCompleted(Instance, Token, result));
        yield return new("boot-with-ports", new Boot(Instance, Request, PortedSpec, Resolved, Host));
        yield return new("report-vifs-broken", new ReportVifsBroken(Instance, Problems));
        yield return new("report-sandbox-lost", new ReportSandboxLost(Instance, "5a6b7c", Time, IsRemoved: false));
        yield return new("report-sandbox-gone", new ReportSandboxLost(Instance, "5a6b7c", null, IsRemoved: true));
        yield return new("instance-found-with-ports", new InstanceFound(Instance, PortedView));
        yield return new("get-diagnostics", new GetDiagnostics(Instance));
        yield return new("diagnostics", new Diagnostics(Instance, [
            new PortDiagnostics(
                Port, MacAddress.Parse("fa:16:3e:12:34:56"), "tap7a5c3b1d-0e", "eth0",
                new VifCounters(1, 2, 3, 4, 5, 6, 7, long.MaxValue)),
            new PortDiagnostics(BarePort, MacAddress.For(BarePort), "tap00000000-00", "eth1", null),
        ]));
        yield return new("diagnostics-of-none", new Diagnostics(Instance, []));
    }

    private static IEnumerable<Sample> NetworkMessages()
    {
        var plug = new RunStep(
            Host, Instance, Operation, Token, StepKind.PlugVifs, 1, PortedSpec, Resolved, Alice, "sha256:feed", "4f5e6d", Time, null);
        yield return new("run-step-with-ports", plug with { SandboxId = "5a6b7c", Ports = Ports });
        yield return new("run-step-of-one-port", plug with { SandboxId = "5a6b7c", Ports = Ports, Port = BarePort });
        yield return new("boot-instance-with-nics", BareBoot with { Nics = [FullNic, BareNic, new NicRequest { Vif = FullVif }] });
        yield return new("admit-boot-with-nics", new AdmitBoot(Host, BareBoot with { Nics = [BareNic] }));
        yield return new("admit-interface", new AdmitInterface(Host, Instance, "req-1", FullNic));
        yield return new("admit-interface-of-neutron", new AdmitInterface(Host, Instance, "", new NicRequest { Vif = BareVif }));
        yield return new("interface-admitted", new InterfaceAdmitted(Instance, FullVif));
        yield return new("read-counters", new ReadCounters(Host, Instance, Ports));
        yield return new("get-networks", new GetNetworks(Host));
        yield return new("host-networks", NetworksOfHost);
        yield return new("host-networks-unknown", new HostNetworks(Host, [], 0, "The host does not answer."));
        yield return new("attach-nic", new AttachNic(Instance, Request, FullNic));
        yield return new("attach-nic-refused-if-away", new AttachNic(Instance, Request, BareNic) { RefuseIfEngineAway = true });
        yield return new("list-networks", new ListNetworks(Host));
        yield return new("list-networks-everywhere", new ListNetworks(null));
        yield return new("networks-report", new NetworksReport([NetworksOfHost]));
        yield return new("reconcile-report-of-networks", new ReconcileReport([new HostReconciled(
            Host,
            [
                .. new[] { FindingKind.OrphanSandbox, FindingKind.LostSandbox, FindingKind.BrokenVif, FindingKind.OrphanVif }
                    .Select(kind => new ReconcileFinding(kind, "tap7a5c3b1d-0e", Instance, FindingAction.Recorded, "Seen.")),
            ],
            0, null)]));
        yield return new("reconcile-report-of-a-network", new ReconcileReport([new HostReconciled(
            Host, [new ReconcileFinding(FindingKind.OrphanNetwork, "brq7a5c3b1d-0e", null, FindingAction.Removed, "Seen.")], 0, null)]));
    }
}
