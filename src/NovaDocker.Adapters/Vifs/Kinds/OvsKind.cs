using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Adapters.Vifs.Devices;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Kinds;

/// <summary>Ports in a bridge of Open vSwitch.</summary>
/// <param name="tools">The tools.</param>
/// <param name="ovs">The switch.</param>
internal sealed class OvsKind(NetworkTools tools, OvsSwitch ovs) : IVifKind
{
    /// <inheritdoc/>
    public string? ProblemWith(Vif vif) => Problem(tools, ovs, vif);

    /// <inheritdoc/>
    public string BridgeOf(Vif vif) => ovs.BridgeOf(vif);

    /// <inheritdoc/>
    public string? MasterOf(Vif vif) => null;

    /// <inheritdoc/>
    public async Task<bool> ConnectAsync(VifPlug plug, bool isMade, CancellationToken cancellationToken)
    {
        var device = plug.Vif.Device;
        var step = $"put {device} into {ovs.BridgeOf(plug.Vif)} of Open vSwitch";
        var state = await ovs.LookForBridgeAsync(step, plug.Vif, cancellationToken).ConfigureAwait(false);
        if (!isMade && ovs.IsRight(state, device, plug))
            return true;

        // Before it is in the switch: what is in there has been seen to.
        if (ovs.IsInUserSpace(state, plug.Vif))
        {
            await tools.ComputeChecksumsAsync(step, device, cancellationToken).ConfigureAwait(false);
            await tools.ComputeChecksumsInsideAsync(step, plug.Namespace, plug.Interface.Name, cancellationToken).ConfigureAwait(false);
        }

        await ovs.AddAsync(step, device, plug, state, isMade, cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <inheritdoc/>
    public Task DisconnectAsync(OwnedDevice device, Vif? vif, CancellationToken cancellationToken) =>
        ovs.RemoveAsync($"take {device.Device} out of Open vSwitch", device.Device, cancellationToken);

    /// <inheritdoc/>
    public string? Sight(Vif vif, HostLinks links, OvsState? state) => state is null ? null : ovs.Problem(state, vif.Device, vif);

    /// <summary>What hinders a port in Open vSwitch, hybrid or not.</summary>
    internal static string? Problem(NetworkTools tools, OvsSwitch ovs, Vif vif) =>
        VifRules.DeviceProblem(vif.Network.Bridge is null ? "novadocker.networks.ovs.bridge" : "network.bridge", ovs.BridgeOf(vif))
        ?? (vif.InterfaceId.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':')
            ? tools.OvsVsctl.Problem
            : $"ovs_interfaceid is '{vif.InterfaceId}'; letters, digits, '-', '_', '.' and ':' are expected");
}
