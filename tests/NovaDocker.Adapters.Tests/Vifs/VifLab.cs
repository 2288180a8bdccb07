using System.Net;
using System.Security.Cryptography;
using NovaDocker.Actors.Common;
using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>
/// Bridges, namespaces and ports of a test on this machine, under names that no other test has. Whatever is left of them is removed
/// at the end.
/// </summary>
public sealed class VifLab : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CommandRunner _runner = new(Patience);
    private readonly string _run = RandomNumberGenerator.GetHexString(6, lowercase: true);
    private readonly List<string> _devices = [];
    private readonly List<string> _namespaces = [];
    private int _last;

    /// <summary>Whose devices the test's are.</summary>
    internal HostId Host => new($"ndt-{_run}");

    /// <summary>How ports are plugged: as by default, with more patience.</summary>
    internal static NetworkSettings Settings => new()
    {
        Ip = "ip", Nsenter = "nsenter", OvsVsctl = "ovs-vsctl", Ethtool = "ethtool", Iptables = "iptables",
        OvsDatabase = "", OvsBridge = "br-int", CommandTimeout = Patience, CreateBridges = true,
        OpenEngineFilter = true, VerifyInterval = TimeSpan.FromSeconds(10),
    };

    public async Task InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess && (await RunAsync("ip", "netns", "add", $"ndt{_run}")).IsSuccess)
            _namespaces.Add($"ndt{_run}");
    }

    public async Task DisposeAsync()
    {
        var links = (await RunAsync("ip", "-oneline", "link", "show")).Output.Split('\n');
        foreach (var name in links.Where(link => link.Contains($"host={Host} ", StringComparison.Ordinal)).Select(NameOf).Concat(_devices))
            await RunAsync("ip", "link", "delete", "dev", name);
        foreach (var name in _namespaces)
            await RunAsync("ip", "netns", "delete", name);

        static string NameOf(string link) => link.Split(':')[1].Trim().Split('@')[0];
    }

    /// <summary>Skips the test where it may not make devices.</summary>
    internal void SkipWithoutRights() => Skip.If(_namespaces.Count == 0, "needs root with CAP_NET_ADMIN, to make network namespaces and devices");

    /// <summary>A host's network.</summary>
    internal IHostNetwork Open(NetworkSettings? settings = null, ICommandRunner? runner = null)
    {
        SkipWithoutRights();
        var used = settings ?? Settings;
        return new HostNetwork(Host, used, runner ?? new CommandRunner(used.CommandTimeout));
    }

    /// <summary>A name for a device that nobody else has.</summary>
    internal string NewName()
    {
        _devices.Add($"ndt{_run}{++_last}");
        return _devices[^1];
    }

    /// <summary>Has a device of the test removed at its end.</summary>
    internal void WillRemove(string name) => _devices.Add(name);

    /// <summary>A namespace of its own, as a container would have it: its path.</summary>
    internal async Task<string> NewNamespaceAsync()
    {
        SkipWithoutRights();
        var name = $"ndt{_run}n{++_last}";
        await DoAsync("ip", "netns", "add", name);
        _namespaces.Add(name);
        return $"/run/netns/{name}";
    }

    /// <summary>Takes a namespace away, as the end of its container does.</summary>
    internal async Task EndNamespaceAsync(string path)
    {
        await DoAsync("ip", "netns", "delete", Path.GetFileName(path));
        _namespaces.Remove(Path.GetFileName(path));
    }

    /// <summary>A port in a bridge that may be made, with addresses such as <c>10.1.0.5/24</c>.</summary>
    internal static Vif NewVif(string bridge, params string[] addresses)
    {
        // The end of an id is by chance, and devices are called by its beginning.
        var id = new PortId(new Guid(RandomNumberGenerator.GetBytes(16)));
        var network = new VifNetwork(new NetworkId($"net-{bridge}"), [.. addresses.Select(Subnet)])
        {
            Bridge = bridge, ShouldCreateBridge = true,
        };
        return new Vif(id, MacAddress.For(id), network, VifTypes.Bridge);
    }

    /// <summary>What is plugged of a port, as the first interface of an instance.</summary>
    internal VifPlug PlugOf(Vif vif, string path, InstanceId? instance = null) => new(
        vif, new VifOwner(Host, instance ?? new InstanceId(IdSource.TimeOrdered.Next())),
        InterfacePlan.For([new InstancePort(vif, 0, IsPlugged: false)])[0], path);

    /// <summary>Prepares the network of a port and plugs it, into a new namespace unless told.</summary>
    internal async Task<VifPlug> PlugAsync(IHostNetwork network, Vif vif, string? path = null)
    {
        var plug = PlugOf(vif, path ?? await NewNamespaceAsync());
        await network.PrepareNetworkAsync(vif, default);
        Assert.False(await network.PlugAsync(plug, default));
        return plug;
    }

    /// <summary>Pings an address once from within a namespace.</summary>
    internal async Task<bool> PingsAsync(string path, string address, params string[] options) =>
        (await RunAsync(["nsenter", $"--net={path}", "ping", "-c", "1", "-W", "10", .. options, address])).IsSuccess;

    /// <summary>What a command writes, run within a namespace.</summary>
    internal Task<string> InsideAsync(string path, params string[] line) => DoAsync(["nsenter", $"--net={path}", .. line]);

    /// <summary>All devices of this host that say they are the test's.</summary>
    internal async Task<IReadOnlyList<string>> LeftAsync() =>
    [
        .. (await DoAsync("ip", "-oneline", "link", "show")).Split('\n')
            .Where(link => link.Contains($"host={Host} ", StringComparison.Ordinal)),
    ];

    /// <summary>Runs a command, which has to end well, and returns what it writes.</summary>
    internal async Task<string> DoAsync(params string[] line)
    {
        var result = await RunAsync(line);
        Assert.True(result.IsSuccess, $"{result.Command}: {result.Reason}");
        return result.Output;
    }

    /// <summary>Runs a command.</summary>
    internal Task<CommandResult> RunAsync(params string[] line) =>
        _runner.RunAsync(new Command("a test", new Tool(line[0], "install it"), [.. line[1..]]), default);

    private static VifSubnet Subnet(string address)
    {
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        var ip = IPAddress.Parse(address[..slash]);
        var bits = int.Parse(address[(slash + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        return new VifSubnet(RangeOf(ip, bits), [new FixedIp(ip, [])]);
    }

    private static IPNetwork RangeOf(IPAddress ip, int bits)
    {
        var octets = ip.GetAddressBytes();
        for (var bit = bits; bit < octets.Length * 8; bit++)
            octets[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(octets), bits);
    }
}
