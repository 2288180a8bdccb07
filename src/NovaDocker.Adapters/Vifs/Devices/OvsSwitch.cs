using System.Globalization;
using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>Open vSwitch, by its <c>ovs-vsctl</c>.</summary>
/// <param name="host">Whose ports they are.</param>
/// <param name="tools">The tools.</param>
/// <param name="settings">Where it is, and the bridge of ports that name none.</param>
internal sealed class OvsSwitch(HostId host, NetworkTools tools, NetworkSettings settings)
{
    private const string HostKey = "novadocker-host";
    private const string UserSpace = "netdev";

    /// <summary>The exit code of <c>ovs-vsctl</c> where the switch has not done in time what the database tells it by now: SIGALRM ended it.</summary>
    private const int Alarm = 128 + 14;

    /// <summary>The bridge of a port.</summary>
    public string BridgeOf(Vif vif) => vif.Network.Bridge ?? settings.OvsBridge;

    /// <summary>All it has.</summary>
    public async Task<OvsState> LookAsync(string step, CancellationToken cancellationToken)
    {
        var result = await RunAsync(step, ["--format=json", "--", .. OvsState.Commands], cancellationToken).ConfigureAwait(false);
        return result.IsSuccess
            ? OvsState.Parse(step, result.Output)
            : throw new VifException(FaultCode.Unavailable, step, $"Open vSwitch's database does not answer: {result.Reason}");
    }

    /// <summary>The state, where the bridge of a port is in it.</summary>
    public async Task<OvsState> LookForBridgeAsync(string step, Vif vif, CancellationToken cancellationToken)
    {
        var state = await LookAsync(step, cancellationToken).ConfigureAwait(false);
        var bridge = BridgeOf(vif);
        if (state.Bridges.ContainsKey(bridge))
            return state;
        var key = vif.Network.Bridge is null ? "novadocker.networks.ovs.bridge" : "network.bridge";
        throw new VifException(
            FaultCode.Invalid, step,
            $"{key} is '{bridge}', and Open vSwitch has no such bridge. Make it (ovs-vsctl add-br {bridge}), or name one that is there"
            + (state.Bridges.Count > 0 ? $" ({string.Join(", ", state.Bridges.Keys.Order(StringComparer.Ordinal))})" : ""));
    }

    /// <summary>True where a port's bridge is one in user space, which passes on packets as they are, with or without checksum.</summary>
    public bool IsInUserSpace(OvsState state, Vif vif) => state.Bridges.GetValueOrDefault(BridgeOf(vif)) == UserSpace;

    /// <summary>Puts a device into a port's bridge, with all by which controllers and agents know the port.</summary>
    /// <param name="step">What it is for.</param>
    /// <param name="device">The device.</param>
    /// <param name="plug">The port.</param>
    /// <param name="state">What is in the switch.</param>
    /// <param name="isMade">True where the device is new: one of its name in the switch is another.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task AddAsync(
        string step, string device, VifPlug plug, OvsState state, bool isMade, CancellationToken cancellationToken)
    {
        var vif = plug.Vif;
        var bridge = BridgeOf(vif);
        if (state.Ports.TryGetValue(device, out var found) && (isMade || found.Bridge != bridge))
        {
            await DeleteAsync(step, device, cancellationToken).ConfigureAwait(false);
            // A switch that lags lets go of the new device as it knew it last, which may have been before it was up.
            await tools.HostAsync(step, [$"link set dev {device} up"], cancellationToken).ConfigureAwait(false);
        }

        var commands = new List<string>();
        commands.AddRange(["--may-exist", "add-port", bridge, device]);
        commands.AddRange(["--", "set", "Interface", device]);
        commands.AddRange(Ids(plug).Select(id => $"external-ids:{id.Key}=\"{id.Value}\""));
        if (vif.Network.Mtu is { } mtu)
            commands.Add(string.Create(CultureInfo.InvariantCulture, $"mtu_request={mtu}"));
        if (vif.Network.Vlan is { } vlan)
            commands.AddRange(["--", "set", "Port", device, string.Create(CultureInfo.InvariantCulture, $"tag={vlan}")]);
        var result = await RunAsync(step, ["--", .. commands], cancellationToken).ConfigureAwait(false);
        if (result.ExitCode == Alarm)
        {
            throw new VifException(
                FaultCode.Unavailable, step, $"ovs-vswitchd did not take {device} in within {Seconds} s; is it running?");
        }

        result.OrThrow();

        // A device that Open vSwitch cannot use is no failure of ovs-vsctl.
        var now = await LookAsync(step, cancellationToken).ConfigureAwait(false);
        if (Problem(now, device, vif) is { } problem)
            throw new VifException(FaultCode.Transient, step, problem);
    }

    /// <summary>Takes a device out, where it is this host's.</summary>
    public async Task RemoveAsync(string step, string device, CancellationToken cancellationToken)
    {
        var state = await LookAsync(step, cancellationToken).ConfigureAwait(false);
        if (state.Ports.GetValueOrDefault(device)?.Ids.GetValueOrDefault(HostKey) == host.Value)
            await DeleteAsync(step, device, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes a device out of the database, and waits until the switch has let go of it: one that is put in under the same name before
    /// that would be taken for it, and no packet of it be seen. A switch that does not answer holds nothing once it is started.
    /// </summary>
    private async Task DeleteAsync(string step, string device, CancellationToken cancellationToken)
    {
        var result = await RunAsync(step, ["--", "--if-exists", "del-port", device], cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != Alarm)
            result.OrThrow();
        else if ((await LookAsync(step, cancellationToken).ConfigureAwait(false)).Ports.ContainsKey(device))
            result.OrThrow(FaultCode.Unavailable);
    }

    /// <summary>True where a device is in the switch as a port wants it.</summary>
    public bool IsRight(OvsState state, string device, VifPlug plug) =>
        Problem(state, device, plug.Vif) is null
        && Ids(plug).All(id => state.Ports[device].Ids.GetValueOrDefault(id.Key) == id.Value);

    /// <summary>What is wrong with a device that is to be in the switch; null where nothing is.</summary>
    public string? Problem(OvsState state, string device, Vif vif)
    {
        var bridge = BridgeOf(vif);
        if (!state.Bridges.ContainsKey(bridge))
            return $"the bridge {bridge} of {device} is gone from Open vSwitch";
        if (!state.Ports.TryGetValue(device, out var port))
            return $"{device} is not in Open vSwitch";
        if (port.Bridge != bridge)
            return $"{device} is in {port.Bridge} of Open vSwitch; it belongs into {bridge}";
        if (port.Ids.GetValueOrDefault("iface-id") is var id && id != vif.InterfaceId)
            return $"the iface-id of {device} in Open vSwitch is '{id}'; {vif.InterfaceId} is right";
        if (vif.Network.Vlan is { } vlan && port.Tag != vlan)
            return $"the tag of {device} in Open vSwitch is {port.Tag?.ToString(CultureInfo.InvariantCulture) ?? "none"}; {vlan} is right";
        return port.Error.Length > 0 ? $"Open vSwitch cannot use {device}: {port.Error}" : null;
    }

    private static IEnumerable<KeyValuePair<string, string>> IdsOf(VifPlug plug, HostId host) =>
    [
        new("iface-id", plug.Vif.InterfaceId),
        new("iface-status", "active"),
        new("attached-mac", plug.Vif.Mac.Value),
        new("vm-uuid", plug.Owner.Instance.ToString()),
        new(HostKey, host.Value),
    ];

    private IEnumerable<KeyValuePair<string, string>> Ids(VifPlug plug) => IdsOf(plug, host);

    /// <summary>
    /// How long <c>ovs-vsctl</c> waits for the switch: so much less than it may take in all that it is the one to say so, even where
    /// its start and its end take a while.
    /// </summary>
    private int Seconds => Math.Max(1, (int)(settings.CommandTimeout.TotalSeconds * 3 / 4));

    private Task<CommandResult> RunAsync(string step, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        tools.RunAsync(
            step, tools.OvsVsctl,
            [
                .. settings.OvsDatabase.Length > 0 ? [$"--db={settings.OvsDatabase}"] : Array.Empty<string>(),
                string.Create(CultureInfo.InvariantCulture, $"--timeout={Seconds}"),
                .. arguments,
            ],
            cancellationToken);
}
