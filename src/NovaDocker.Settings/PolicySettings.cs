using System.Globalization;
using System.Text.RegularExpressions;
using Akka.Configuration;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Settings;

/// <summary>Reads <c>novadocker.policy</c>: what the user data of tenants may ask for.</summary>
public static partial class PolicySettings
{
    private const string Everything = "rwm";
    private const int HighestPort = 65535;

    /// <summary>Reads the policy in a configuration, which may be a node's whole one or hold nothing but the policy.</summary>
    /// <param name="config">What an operator set, without the defaults.</param>
    /// <exception cref="SettingsException">A key is unknown, or a value of the policy impossible; all faults at once.</exception>
    public static ContainerPolicy Read(Config config)
    {
        var reader = new SettingsReader(config, ReferenceConfig.Load());
        var policy = Read(reader);
        reader.ThrowIfFaulty();
        return policy;
    }

    /// <summary>Reads the policy as a part of more; its faults are with the reader.</summary>
    public static ContainerPolicy Read(SettingsReader reader) => new()
    {
        Privileged = reader.Switch("policy.privileged"),
        HostPaths = reader.List(
            "policy.host-paths", HostPath,
            "an absolute path without colons, such as /srv/shared:ro, with ro or rw, relabel, and one of create and exact behind a colon,"),
        Devices = reader.List(
            "policy.devices", Device, "an absolute path, such as /dev/fuse:rw or /dev/video*, with any of r, w and m behind a colon,"),
        Capabilities = reader.List("policy.capabilities", Capability, "a capability of Linux such as NET_ADMIN, or ALL,"),
        SecurityOptions = reader.List(
            "policy.security-options", text => Matching(SecurityOption(), text),
            "no-new-privileges, or label=, apparmor= or seccomp= with what they may be or a * behind,"),
        NetworkModes = reader.List(
            "policy.network-modes", text => text == "default" ? null : Matching(Network(), text),
            "none, bridge, host, or the name of a network of the Engine"),
        PublishedPorts = reader.List("policy.published-ports", Ports, $"a port or a range of ports from 1 to {HighestPort}, such as 30000-32767,"),
        EphemeralPorts = reader.Switch("policy.ephemeral-ports"),
        Links = reader.Switch("policy.links"),
        VolumesFrom = reader.Switch("policy.volumes-from"),
        Sysctls = reader.List(
            "policy.sysctls", text => Matching(Sysctl(), text), "the name of a kernel parameter, such as net.core.somaxconn or net.ipv4.tcp_*,"),
        DeviceRequests = reader.Switch("policy.device-requests"),
        LogDrivers = reader.List("policy.log-drivers", text => Matching(Word(), text), "the name of a log driver, such as json-file,"),
        LogOptions = reader.List("policy.log-options", text => Matching(Word(), text), "the name of an option of a log driver, such as max-size,"),
        Ulimits = reader.List(
            "policy.ulimits", text => ResourceLimits.Known.Contains(text) ? text : null, $"one of {ResourceLimits.Line}"),
        Labels = reader.List("policy.labels", text => Matching(Word(), text), "the name of a label, such as com.example.team or com.example.*,"),
    };

    private static HostPathRule? HostPath(string text)
    {
        var (path, words) = Divide(text);
        var known = words.Where(word => word is "ro" or "rw" or "create" or "exact" or "relabel").Distinct(StringComparer.Ordinal).ToList();
        var isFaulty = LexicalPath.Problem(path) is not null || known.Count < words.Count
            || (known.Contains("ro") && known.Contains("rw")) || (known.Contains("create") && known.Contains("exact"));
        return isFaulty
            ? null
            : new HostPathRule(LexicalPath.Normalize(path), !known.Contains("rw"), known.Contains("create"))
            {
                Exact = known.Contains("exact"),
                Relabel = known.Contains("relabel"),
            };
    }

    private static DeviceRule? Device(string text)
    {
        var (path, words) = Divide(text);
        var access = words.Count == 0 ? Everything : words[0];
        var isFaulty = LexicalPath.Problem(path) is not null || path.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star < path.Length - 1
            || words.Count > 1 || access.Length == 0 || !access.All(Everything.Contains) || access.Distinct().Count() < access.Length;
        return isFaulty ? null : new DeviceRule(path, string.Concat(Everything.Where(access.Contains)));
    }

    /// <summary>A path, and the words behind its colon.</summary>
    private static (string Path, IReadOnlyList<string> Words) Divide(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
            ? (text[..colon], text[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries))
            : (text, []);

    private static string? Capability(string text)
    {
        var capitals = text.ToUpperInvariant();
        var name = capitals.StartsWith("CAP_", StringComparison.Ordinal) ? capitals[4..] : capitals;
        return name == CapabilityRules.All || CapabilityRules.Known.Contains(name) ? name : null;
    }

    private static PortRange? Ports(string text) => text.Split('-', StringSplitOptions.TrimEntries) switch
    {
        [var port] when Port(port) is { } number => new PortRange(number, number),
        [var first, var last] when Port(first) is { } low && Port(last) is { } high && low <= high => new PortRange(low, high),
        _ => null,
    };

    private static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= HighestPort ? port : null;

    private static string? Matching(Regex pattern, string text) => pattern.IsMatch(text) ? text : null;

    [GeneratedRegex(@"\A(no-new-privileges|label=\S+|apparmor=\S+|seccomp=\S[^\p{Cc}]*)\z")]
    private static partial Regex SecurityOption();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]*\z")]
    private static partial Regex Network();

    [GeneratedRegex(@"\A([a-z0-9_]+(\.[A-Za-z0-9_-]+)*\.?\*?|\*)\z")]
    private static partial Regex Sysctl();

    /// <summary>A word, of which a star may be the end.</summary>
    [GeneratedRegex(@"\A([^\s\p{Cc}*]+\*?|\*)\z")]
    private static partial Regex Word();
}
