using System.Text.Json.Nodes;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Vifs;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;

namespace NovaDocker.EndToEnd.Tests.Networks;

/// <summary>
/// A lab whose node knows networks of its own, on Linux bridges under names that nobody else has. At its end no bridge, device
/// or sandbox of it may be left.
/// </summary>
public sealed class NetworkLab : IAsyncDisposable
{
    private readonly string _mark;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ndn");

    private NetworkLab(Lab lab, string mark)
    {
        Lab = lab;
        _mark = mark;
    }

    public Lab Lab { get; }

    /// <summary>The bridge of network <c>red</c>, 198.18.1.0/24 with IPv6 and packets of 1400 bytes.</summary>
    public string Red => $"ndr{_mark}";

    /// <summary>The bridge of network <c>blue</c>, whose range is that of <c>red</c>.</summary>
    public string Blue => $"ndb{_mark}";

    /// <summary>A lab on an Engine, whose node does not run yet.</summary>
    public static async Task<NetworkLab> CreateAsync(Uri engine, params string[] settings)
    {
        Skip.If(Environment.UserName != "root", "needs root: devices are made");
        var mark = CommanderIds.NewInstanceId().ToString()[^8..];
        var lab = new NetworkLab(Lab.On(engine, ["networks.verify-interval=500ms", .. settings]), mark);
        lab.Lab.NodeConfiguration = Path.Combine(lab._directory.FullName, "networks.conf");
        await File.WriteAllTextAsync(lab.Lab.NodeConfiguration, lab.Configuration());
        return lab;
    }

    /// <summary>A lab on the tests' Engine, whose node runs and has the image with a shell.</summary>
    public static async Task<NetworkLab> StartAsync(params string[] settings)
    {
        var lab = await CreateAsync(TestEngine.AddressOrSkip(), settings);
        try
        {
            await lab.Lab.OpenAsync();
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Boots an instance with ports, and returns its id.</summary>
    public async Task<string> BootAsync(string nic, params string[] arguments) =>
        (await Lab.BootAsync($"net-{CommanderIds.NewInstanceId().ToString()[^8..]}", ["--nic", nic, .. arguments])).Text("id")!;

    /// <summary>A boot with a port of a network, as a program asks for it.</summary>
    public ComputeProtocol.BootInstance Wish(InstanceId id, string network) =>
        new(id, Equipment.Lab.NewRequest(), "wished", Lab.ImageName, 16, 1, ["sleep", "3600"], EquatableMap<string>.Empty)
        {
            Nics = [new NicRequest { Network = new NetworkId(network) }],
        };

    /// <summary>The first address of an instance's port.</summary>
    public async Task<string> AddressAsync(string id, int port = 0) =>
        (await PortsAsync(id))[port]!["addresses"]!.AsArray()[0]!.Text("address")!;

    /// <summary>The ports as <c>show</c> has them.</summary>
    public async Task<JsonArray> PortsAsync(string id) => (await Lab.DoAsync("show", id))["ports"]!.AsArray();

    /// <summary>The device of a port.</summary>
    public async Task<string> DeviceAsync(string id, int port = 0) => (await PortsAsync(id))[port]!.Text("device")!;

    /// <summary>Runs a program of this machine in the network of an instance.</summary>
    public async Task<CommandResult> InsideAsync(string id, params string[] line)
    {
        var pid = (await Lab.Engine.ContainerAsync($"nova-{id}"))!["State"]!.Number("Pid");
        return await HostAsync(["nsenter", $"--target={pid}", "--net", .. line]);
    }

    /// <summary>True where an instance reaches an address.</summary>
    public async Task<bool> ReachesAsync(string id, string address) =>
        (await InsideAsync(id, "ping", "-c", "1", "-W", "10", address)).ExitCode == 0;

    /// <summary>True where an instance does not reach an address: no answer comes within a second.</summary>
    public async Task<bool> IsApartAsync(string id, string address) =>
        (await InsideAsync(id, "ping", "-c", "1", "-W", "1", address)).ExitCode != 0;

    /// <summary>Waits until an instance reaches an address.</summary>
    public Task WillReachAsync(string id, string address) => Eventually.BecomesAsync(
        () => ReachesAsync(id, address), reached => reached, $"{id} reaches {address}", TimeSpan.FromSeconds(30));

    /// <summary>Runs a program of this machine.</summary>
    public static async Task<CommandResult> HostAsync(params string[] line)
    {
        await using var run = ProgramRun.Start(line[0], line[1..]);
        return await run.EndAsync();
    }

    /// <summary>The devices of this machine, with all that the kernel says of them.</summary>
    public static async Task<JsonArray> LinksAsync()
    {
        while (true)
        {
            var listed = (await HostAsync("ip", "-json", "-details", "link", "show")).Expect(0);
            // Devices came or went meanwhile, and older kernels leave some out then.
            if (!listed.Error.Contains("Dump was interrupted", StringComparison.Ordinal))
                return JsonNode.Parse(listed.Out)!.AsArray();
        }
    }

    /// <summary>The names of the devices of this lab: its bridges, and what says that it is its node's.</summary>
    public Task<IReadOnlyList<string>> DevicesAsync()
    {
        var file = Path.Combine(Lab.DataDirectory, "host-id");
        return DevicesOfAsync(File.Exists(file) ? File.ReadAllText(file).Trim() : "none");
    }

    /// <summary>How often a device lost and gained its carrier.</summary>
    public static async Task<string> CarrierChangesAsync(string device) =>
        (await File.ReadAllTextAsync($"/sys/class/net/{device}/carrier_changes")).Trim();

    /// <summary>The sandboxes in the Engine.</summary>
    public Task<JsonArray> SandboxesAsync() => Lab.Engine.ContainersAsync($"org.novadocker.cluster={Lab.Name}");

    public async ValueTask DisposeAsync()
    {
        var body = BodyFailure.Seen;
        var file = Path.Combine(Lab.DataDirectory, "host-id");
        var host = File.Exists(file) ? (await File.ReadAllTextAsync(file)).Trim() : "none";
        var left = await DevicesOfAsync(host);
        var sandboxes = await SandboxesAsync();
        try
        {
            await Lab.DisposeAsync();
        }
        finally
        {
            // A node that runs would plug again what is taken away here.
            foreach (var device in await DevicesOfAsync(host))
                await HostAsync("ip", "link", "del", device);
            _directory.Delete(recursive: true);
        }

        BodyFailure.TellBeside(body, () =>
        {
            Assert.Empty(left);
            Assert.Empty(sandboxes.Select(sandbox => sandbox!.ToJsonString()));
        });
    }

    private async Task<IReadOnlyList<string>> DevicesOfAsync(string host) =>
    [
        .. (await LinksAsync())
            .Where(link => (link!["ifname"]!.GetValue<string>() is var name && (name == Red || name == Blue))
                || link["ifalias"]?.GetValue<string>().Contains(host, StringComparison.Ordinal) == true)
            .Select(link => link!.Text("ifname")!),
    ];

    private string Configuration() =>
        $$"""
        novadocker.networks.local {
          red {
            bridge = {{Red}}
            mtu = 1400
            subnets {
              v4 { cidr = "198.18.1.0/24", gateway = "198.18.1.1", dns = ["198.18.1.53"], routes = ["198.18.9.0/24 via 198.18.1.2"] }
              v6 { cidr = "fd18:1::/64", gateway = "fd18:1::1" }
            }
          }
          blue {
            bridge = {{Blue}}
            subnets { v4 { cidr = "198.18.1.0/24" } }
          }
          small {
            bridge = {{Blue}}
            subnets { v4 { cidr = "198.18.7.0/24", first = "198.18.7.10", last = "198.18.7.11" } }
          }
        }
        """;
}
