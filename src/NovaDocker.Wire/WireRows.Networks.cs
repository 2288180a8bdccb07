using NovaDocker.Wire.Mapping;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Hosts.HostProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire;

/// <content>The ports of instances, and the networks of hosts.</content>
internal static partial class WireRows
{
    private static WireRow[] PortEvents() =>
    [
        WireRow.Of<AttachRequested, V1.AttachRequested>(
            "instance.attach-requested.v1", V1.AttachRequested.Parser, PortEventMapping.ToWire, PortEventMapping.ToDomain),
        WireRow.Of<DetachRequested, V1.DetachRequested>(
            "instance.detach-requested.v1", V1.DetachRequested.Parser, PortEventMapping.ToWire, PortEventMapping.ToDomain),
        WireRow.Of<RepairRequested, V1.RepairRequested>(
            "instance.repair-requested.v1", V1.RepairRequested.Parser, PortEventMapping.ToWire, PortEventMapping.ToDomain),
        WireRow.Of<VifsBroken, V1.VifsBroken>(
            "instance.vifs-broken.v1", V1.VifsBroken.Parser, PortEventMapping.ToWire, PortEventMapping.ToDomain),
        WireRow.Of<SandboxLost, V1.SandboxLost>(
            "instance.sandbox-lost.v1", V1.SandboxLost.Parser, PortEventMapping.ToWire, PortEventMapping.ToDomain),
    ];

    private static WireRow[] PortMessages() =>
    [
        WireRow.Of<AttachInterface, V1.AttachInterface>(
            "instance.command.attach-interface.v1", V1.AttachInterface.Parser,
            InstanceCommandMapping.ToWire, InstanceCommandMapping.ToDomain),
        WireRow.Of<DetachInterface, V1.DetachInterface>(
            "instance.command.detach-interface.v1", V1.DetachInterface.Parser,
            InstanceCommandMapping.ToWire, InstanceCommandMapping.ToDomain),
        WireRow.Of<ReportVifsBroken, V1.ReportVifsBroken>(
            "instance.command.report-vifs-broken.v1", V1.ReportVifsBroken.Parser,
            InstanceNewsMapping.ToWire, InstanceNewsMapping.ToDomain),
        WireRow.Of<ReportSandboxLost, V1.ReportSandboxLost>(
            "instance.command.report-sandbox-lost.v1", V1.ReportSandboxLost.Parser,
            InstanceNewsMapping.ToWire, InstanceNewsMapping.ToDomain),
        WireRow.Of<GetDiagnostics, V1.GetDiagnostics>(
            "instance.query.get-diagnostics.v1", V1.GetDiagnostics.Parser, NetworkMapping.ToWire, NetworkMapping.ToDomain),
        WireRow.Of<Diagnostics, V1.Diagnostics>(
            "instance.reply.diagnostics.v1", V1.Diagnostics.Parser, NetworkMapping.ToWire, NetworkMapping.ToDomain),
    ];

    private static WireRow[] Networks() =>
    [
        WireRow.Of<AdmitInterface, V1.AdmitInterface>(
            "host.admit-interface.v1", V1.AdmitInterface.Parser, NetworkMapping.ToWire, NetworkMapping.ToDomain),
        WireRow.Of<InterfaceAdmitted, V1.InterfaceAdmitted>(
            "host.interface-admitted.v1", V1.InterfaceAdmitted.Parser, NetworkMapping.ToWire, NetworkMapping.ToDomain),
        WireRow.Of<ReadCounters, V1.ReadCounters>(
            "host.read-counters.v1", V1.ReadCounters.Parser, NetworkMapping.ToWire, NetworkMapping.ToDomain),
        WireRow.Of<GetNetworks, V1.GetNetworks>(
            "host.get-networks.v1", V1.GetNetworks.Parser, NetworkMapping.ToWire, NetworkMapping.ToDomain),
        WireRow.Of<HostNetworks, V1.HostNetworks>(
            "host.networks.v1", V1.HostNetworks.Parser, NetworkMapping.ToWire, NetworkMapping.ToDomain),
        WireRow.Of<AttachNic, V1.AttachNic>(
            "compute.attach-nic.v1", V1.AttachNic.Parser, NetworkMapping.ToWire, NetworkMapping.ToDomain),
        WireRow.Of<ListNetworks, V1.ListNetworks>(
            "compute.list-networks.v1", V1.ListNetworks.Parser, NetworkMapping.ToWire, NetworkMapping.ToDomain),
        WireRow.Of<NetworksReport, V1.NetworksReport>(
            "compute.networks-report.v1", V1.NetworksReport.Parser, NetworkMapping.ToWire, NetworkMapping.ToDomain),
    ];
}
