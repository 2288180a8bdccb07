using System.Net.Sockets;
using System.Text.RegularExpressions;
using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Kinds;

/// <summary>Ports that commands of an operator connect.</summary>
/// <param name="name">The type's name.</param>
/// <param name="type">The commands.</param>
/// <param name="tools">What runs them.</param>
internal sealed partial class CommandKind(string name, CommandVifType type, NetworkTools tools) : IVifKind
{
    /// <inheritdoc/>
    public bool IsConnectedBlindly => true;

    /// <inheritdoc/>
    public string? ProblemWith(Vif vif) => type.Plug.Concat(type.Unplug).Select(line => ToolOf(line).Problem).FirstOrDefault(problem => problem is not null);

    /// <inheritdoc/>
    public string BridgeOf(Vif vif) => vif.Network.Bridge ?? "";

    /// <inheritdoc/>
    public string? MasterOf(Vif vif) => null;

    /// <inheritdoc/>
    public async Task<bool> ConnectAsync(VifPlug plug, bool isMade, CancellationToken cancellationToken)
    {
        var device = new OwnedDevice(plug.Vif.Device, plug.Owner, plug.Vif.Id, name, BridgeOf(plug.Vif), IsHybrid: false);
        foreach (var line in type.Plug)
        {
            var step = $"connect {plug.Vif.Device} by {line[0]}";
            (await tools.RunAsync(step, ToolOf(line), Filled(line, device, plug.Vif)!.Skip(1), cancellationToken).ConfigureAwait(false)).OrThrow();
        }

        return false;
    }

    /// <inheritdoc/>
    public async Task DisconnectAsync(OwnedDevice device, Vif? vif, CancellationToken cancellationToken)
    {
        var step = $"disconnect {device.Device}";
        var failures = new List<VifException>();
        foreach (var line in type.Unplug)
        {
            // Of a device that is left over not all is known; a command that asks for more is left out.
            if (Filled(line, device, vif) is not { } filled)
                continue;
            try
            {
                (await tools.RunAsync($"{step} by {line[0]}", ToolOf(line), filled.Skip(1), cancellationToken).ConfigureAwait(false)).OrThrow();
            }
            catch (VifException e)
            {
                failures.Add(e);
            }
        }

        if (failures.Count > 0)
            throw new VifException(failures[0].Code, step, string.Join("; ", failures.Select(failure => failure.Message)), failures[0]);
    }

    private Tool ToolOf(EquatableArray<string> line) =>
        new(line[0], $"install it, or correct the commands of novadocker.networks.vif-types.{name}");

    /// <summary>A command with what its words stand for; null where that is not known.</summary>
    private static List<string>? Filled(EquatableArray<string> line, OwnedDevice device, Vif? vif)
    {
        var isKnown = true;
        var filled = line.Select(argument => Word().Replace(argument, match =>
        {
            var value = Value(match.Groups[1].Value, device, vif);
            isKnown &= value is not null;
            return value ?? "";
        })).ToList();
        return isKnown ? filled : null;
    }

    private static string? Value(string word, OwnedDevice device, Vif? vif) => word switch
    {
        "device" => device.Device,
        "port-id" => device.Port.ToString(),
        "instance-id" => device.Owner.Instance.ToString(),
        "bridge" => device.Bridge,
        _ when vif is null => null,
        "network-id" => vif.Network.Id.Value,
        "network-label" => vif.Network.Label,
        "mac" => vif.Mac.Value,
        "ipv4" => First(vif, AddressFamily.InterNetwork),
        "ipv6" => First(vif, AddressFamily.InterNetworkV6),
        _ => vif.Details.GetValueOrDefault(word["details.".Length..], ""),
    };

    private static string First(Vif vif, AddressFamily family) =>
        vif.Addresses.FirstOrDefault(address => address.AddressFamily == family)?.ToString() ?? "";

    [GeneratedRegex(@"\{(device|port-id|instance-id|bridge|network-id|network-label|mac|ipv4|ipv6|details\.[A-Za-z0-9_.-]+)\}")]
    private static partial Regex Word();
}
