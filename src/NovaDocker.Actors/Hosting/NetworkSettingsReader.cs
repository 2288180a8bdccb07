using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;
using NovaDocker.Settings;

namespace NovaDocker.Actors.Hosting;

/// <summary>How ports are plugged, and which networks this host knows itself: <c>novadocker.networks</c> in HOCON.</summary>
internal static class NetworkSettingsReader
{
    private const string Types = "networks.vif-types";
    private const int LongestType = 32;

    private static readonly string[] OwnTypes = [VifTypes.Bridge, VifTypes.Ovs, VifTypes.Tap, VifTypes.Unbound, VifTypes.BindingFailed];

    /// <summary>Reads the section.</summary>
    public static NetworkSettings Read(SettingsReader reader)
    {
        var second = TimeSpan.FromSeconds(1);
        var types = CommandTypes(reader);
        return new NetworkSettings
        {
            Ip = reader.Text("networks.tools.ip", mayBeEmpty: false),
            Nsenter = reader.Text("networks.tools.nsenter", mayBeEmpty: false),
            OvsVsctl = reader.Text("networks.tools.ovs-vsctl", mayBeEmpty: false),
            Ethtool = reader.Text("networks.tools.ethtool", mayBeEmpty: false),
            Iptables = reader.Text("networks.tools.iptables", mayBeEmpty: false),
            OvsDatabase = Database(reader),
            OvsBridge = LocalNetworkReader.Device(reader, "networks.ovs.bridge") ?? "",
            CommandTimeout = reader.Duration("networks.command-timeout", second, TimeSpan.FromHours(1)),
            CreateBridges = reader.Switch("networks.create-bridges"),
            OpenEngineFilter = reader.Switch("networks.open-engine-filter"),
            VerifyInterval = reader.Duration("networks.verify-interval", second / 10, TimeSpan.FromDays(1)),
            CommandTypes = types,
            Networks = LocalNetworkReader.Read(reader, [VifTypes.Bridge, VifTypes.Ovs, VifTypes.Tap, .. types.Keys]),
        };
    }

    private static string Database(SettingsReader reader)
    {
        const string key = "networks.ovs.database";
        var text = reader.Text(key);
        string[] known = ["unix:", "tcp:", "ssl:"];
        if (text.Length > 0 && !known.Any(form => text.StartsWith(form, StringComparison.Ordinal) && text.Length > form.Length))
            reader.Fault(key, $"'{text}'", "unix:/PATH, tcp:ADDRESS:PORT or ssl:ADDRESS:PORT, or nothing");
        return text;
    }

    private static EquatableMap<CommandVifType> CommandTypes(SettingsReader reader) => new(
        from name in reader.Sections(
            Types, IsFree, $"a name of up to {LongestType} letters, digits, '-' and '_', and none of {string.Join(", ", OwnTypes)},")
        let section = $"{Types}.{name}"
        let keys = reader.Names(section, ["plug", "unplug"])
        select KeyValuePair.Create(name, new CommandVifType(Lines(reader, $"{section}.plug"), Lines(reader, $"{section}.unplug"))));

    private static bool IsFree(string name) => name.Length <= LongestType && !OwnTypes.Contains(name, StringComparer.Ordinal)
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static EquatableArray<EquatableArray<string>> Lines(SettingsReader reader, string key) =>
        reader.Has(key) ? reader.Commands(key) : [];
}
