using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Client;

/// <content>The ports of instances, and the networks of hosts.</content>
public sealed partial class NovaDockerClient
{
    /// <inheritdoc/>
    public Task<CommandReply> AttachInterfaceAsync(AttachNic attach, CancellationToken cancellationToken = default) =>
        AskAsync<CommandReply>(attach, cancellationToken);

    /// <inheritdoc/>
    public async Task<EquatableArray<PortDiagnostics>> GetDiagnosticsAsync(
        InstanceId instanceId, CancellationToken cancellationToken = default) =>
        (await AskAsync<Diagnostics>(new GetDiagnostics(instanceId), cancellationToken).ConfigureAwait(false)).Ports;

    /// <inheritdoc/>
    public async Task<EquatableArray<HostProtocol.HostNetworks>> ListNetworksAsync(
        HostId? host = null, CancellationToken cancellationToken = default) =>
        (await AskAsync<NetworksReport>(new ListNetworks(host), cancellationToken, MaxPatience).ConfigureAwait(false)).Hosts;
}
