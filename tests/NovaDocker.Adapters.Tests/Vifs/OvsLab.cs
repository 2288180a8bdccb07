using System.Diagnostics;
using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing.Processes;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>The Open vSwitch that tests may use, with bridges of a test's own in user space.</summary>
/// <param name="lab">The machine beside it.</param>
internal sealed class OvsLab(VifLab lab)
{
    private const string Variable = "NOVADOCKER_TEST_OVS";

    private readonly List<string> _bridges = [];

    /// <summary>How ports are plugged.</summary>
    public static NetworkSettings Settings => VifLab.Settings with { OvsDatabase = Database };

    private static string Database => Environment.GetEnvironmentVariable(Variable) ?? "";

    private static string Directory => Path.GetDirectoryName(Database["unix:".Length..])!;

    /// <summary>A host's network; skips the test where there is no Open vSwitch.</summary>
    public IHostNetwork Open(ICommandRunner? runner = null, NetworkSettings? settings = null)
    {
        Skip.If(Database.Length == 0, $"needs an Open vSwitch: set {Variable} (tests/run.sh starts one)");
        return lab.Open(settings ?? Settings, runner);
    }

    /// <summary>A bridge in user space.</summary>
    public async Task<string> NewBridgeAsync()
    {
        var name = lab.NewName();
        _bridges.Add(name);
        await VsctlAsync("add-br", name, "--", "set", "bridge", name, "datapath_type=netdev");
        return name;
    }

    /// <summary>A port in such a bridge.</summary>
    public static Vif NewVif(string bridge, string address, int? tag = null, bool isHybrid = false)
    {
        var vif = VifLab.NewVif(bridge, address) with { Type = VifTypes.Ovs };
        return vif with
        {
            Network = vif.Network with { Vlan = tag },
            Details = isHybrid ? new([KeyValuePair.Create("ovs_hybrid_plug", "True")]) : vif.Details,
        };
    }

    /// <summary>What <c>ovs-vsctl</c> says.</summary>
    public Task<string> VsctlAsync(params string[] words) => lab.DoAsync(["ovs-vsctl", $"--db={Database}", "--timeout=30", .. words]);

    /// <summary>Ends the switch; its database goes on.</summary>
    public static Task KillSwitchAsync() => Script.RunAsync("tests/openvswitch.sh", "kill-switch", "--dir", Directory);

    /// <summary>Starts it again.</summary>
    public static Task StartAsync() => Script.RunAsync("tests/openvswitch.sh", "start", "--dir", Directory);

    /// <summary>Lets the switch run a little now and then only, until this is disposed of.</summary>
    public static IDisposable Lag()
    {
        var pid = File.ReadAllText(Path.Combine(Directory, "ovs-vswitchd.pid")).Trim();
        var lag = Process.Start(
            "/bin/sh",
            ["-c", $"trap 'kill -CONT {pid}; exit' TERM; while kill -STOP {pid}; do sleep 0.02; kill -CONT {pid}; sleep 0.005; done"]);
        return new Lagging(lag);
    }

    /// <summary>Takes away what the test made.</summary>
    public async Task CleanAsync()
    {
        foreach (var bridge in _bridges)
            await VsctlAsync("--if-exists", "del-br", bridge);
    }

    private sealed class Lagging(Process lag) : IDisposable
    {
        public void Dispose()
        {
            using var end = Process.Start("/bin/sh", ["-c", $"kill -TERM {lag.Id}"]);
            lag.WaitForExit();
            lag.Dispose();
        }
    }
}
