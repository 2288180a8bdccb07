using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cli.Tests;

/// <content>The ports of instances, and the networks of hosts.</content>
internal sealed partial class FakeClient
{
    public EquatableArray<PortDiagnostics> Diagnostics { get; set; } = [];

    public EquatableArray<HostProtocol.HostNetworks> Networks { get; set; } = [];

    public Task<CommandReply> AttachInterfaceAsync(
        ComputeProtocol.AttachNic attach, CancellationToken cancellationToken = default) =>
        Answer(attach, () => Reply(attach.InstanceId));

    public Task<EquatableArray<PortDiagnostics>> GetDiagnosticsAsync(
        InstanceId instanceId, CancellationToken cancellationToken = default) =>
        Answer(new GetDiagnostics(instanceId), () => Diagnostics);

    public Task<EquatableArray<HostProtocol.HostNetworks>> ListNetworksAsync(
        HostId? host = null, CancellationToken cancellationToken = default) =>
        Answer(new ComputeProtocol.ListNetworks(host), () => Networks);
}
