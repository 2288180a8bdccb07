using NovaDocker.EndToEnd.Tests.Networks;
using NovaDocker.OpenStack.Tests.Equipment;

namespace NovaDocker.OpenStack.Tests;

/// <summary>
/// Servers whose ports are in a bridge of Open vSwitch, in both ways in which Neutron's agent filters there: by the switch's own
/// flows, and in a Linux bridge between port and switch.
/// </summary>
public sealed class OpenVSwitchTests(ComputeHost host) : CloudTests(host)
{
    [SkippableTheory]
    [InlineData("openvswitch", "tap")]
    [InlineData("openvswitch-hybrid", "qvo")]
    public async Task Servers_reach_each_other_under_the_filter_of_Neutrons_agent(string agent, string prefix)
    {
        Skip.IfNot(TestSwitch.IsThere, TestSwitch.Need);
        await Host.Bed!.DoAsync("set-agent", agent, "--ovs", TestSwitch.Database);
        try
        {
            var network = $"{agent}-{Host.Lab.Name}";
            await Host.CreateNetworkAsync(network, "198.18.66.0/24", "--no-dhcp");

            var (open, closed) = await NeutronFilter.ShowAsync(Host, network);

            var bridge = await TestSwitch.BridgeOfAsync($"{prefix}{(await open.PortsAsync())[0].Id[..11]}");
            Assert.StartsWith("ndi", bridge, StringComparison.Ordinal);
            var ports = await open.PortsAsync();
            await open.DeleteAsync();
            await closed.DeleteAsync();
            var left = await TestSwitch.VsctlAsync("list-ports", bridge);
            Assert.DoesNotContain(ports[0].Id[..11], left, StringComparison.Ordinal);
        }
        finally
        {
            await Host.Bed.DoAsync("set-agent", "linuxbridge");
        }
    }
}
