using NovaDocker.Domain.Vifs;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;

namespace NovaDocker.EndToEnd.Tests.Networks;

/// <summary>A bridge of a test's own, in user space, in the Open vSwitch that tests may use.</summary>
public sealed class TestSwitch : IAsyncDisposable
{
    private const string Variable = "NOVADOCKER_TEST_OVS";

    private TestSwitch()
    {
    }

    /// <summary>What a test that needs it says where there is none.</summary>
    public const string Need = $"needs an Open vSwitch: set {Variable} (tests/run.sh starts one)";

    /// <summary>True where there is an Open vSwitch.</summary>
    public static bool IsThere => Database.Length > 0;

    /// <summary>What a node is told of it.</summary>
    public static string Setting => $"networks.ovs.database={Database}";

    /// <summary>The bridge's name.</summary>
    public string Bridge { get; } = $"ndo{CommanderIds.NewInstanceId().ToString()[^8..]}";

    /// <summary>The socket of its database, <c>unix:/PATH</c>; empty where there is none.</summary>
    public static string Database => Environment.GetEnvironmentVariable(Variable) ?? "";

    /// <summary>Makes the bridge; skips the test where there is no Open vSwitch.</summary>
    public static async Task<TestSwitch> CreateAsync()
    {
        Skip.IfNot(IsThere, Need);
        var made = new TestSwitch();
        await VsctlAsync("add-br", made.Bridge, "--", "set", "bridge", made.Bridge, "datapath_type=netdev");
        return made;
    }

    /// <summary>A port in the bridge, as a person asks for it.</summary>
    public string Nic(string address) => $"net=switched,vif-type=ovs,bridge={Bridge},ip={address}";

    /// <summary>The same, as a program asks for it, without an address.</summary>
    public NicRequest Nic() => new() { Network = new NetworkId("switched"), Type = VifTypes.Ovs, Bridge = Bridge };

    /// <summary>The names of the ports in the bridge.</summary>
    public async Task<IReadOnlyList<string>> PortsAsync() =>
        (await VsctlAsync("list-ports", Bridge)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The bridge that a port is in, whoever's it is.</summary>
    public static async Task<string> BridgeOfAsync(string port) => (await VsctlAsync("port-to-br", port)).Trim();

    /// <summary>What <c>ovs-vsctl</c> says.</summary>
    public static async Task<string> VsctlAsync(params string[] words) =>
        (await NetworkLab.HostAsync(["ovs-vsctl", $"--db={Database}", "--timeout=60", .. words])).Expect(0).Out;

    /// <summary>Kills the switch (SIGKILL) and starts it again.</summary>
    public static async Task RestartAsync()
    {
        var directory = Path.GetDirectoryName(Database["unix:".Length..])!;
        await Script.RunAsync("tests/openvswitch.sh", "kill-switch", "--dir", directory);
        await Script.RunAsync("tests/openvswitch.sh", "start", "--dir", directory);
    }

    public async ValueTask DisposeAsync() => await VsctlAsync("--if-exists", "del-br", Bridge);
}
