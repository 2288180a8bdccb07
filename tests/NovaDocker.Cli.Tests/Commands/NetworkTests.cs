using System.Net;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Hosts.HostProtocol;

namespace NovaDocker.Cli.Tests.Commands;

/// <summary>The networks of hosts.</summary>
public sealed class NetworkTests
{
    private static readonly HostId Host = new("host-1");

    private readonly Shell _shell = new();

    [Fact]
    public async Task Networks_are_listed_with_what_is_free()
    {
        _shell.Client.Networks = [Known(omitted: 7)];

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("networks"));

        Assert.Equal([new ComputeProtocol.ListNetworks(null)], _shell.Client.Sent);
        Assert.Matches(
            @"\nblue \(for people\) +bridge +br-blue +7 +1500 +10\.1\.0\.0/24 \(250 free\) 2001:db8::/64 +3 +configuration +host-1\n", _shell.Out);
        Assert.Matches(@"\nred +ovs +br-int +- +- +- +0 +ports +host-1", _shell.Out);
        Assert.Contains("Host host-1: 7 more networks are not shown.", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_of_one_host_may_be_asked_for()
    {
        _shell.Client.Networks = [new HostNetworks(Host, [], 0, null)];

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("networks", "--host", "host-1"));

        Assert.Equal([new ComputeProtocol.ListNetworks(Host)], _shell.Client.Sent);
        Assert.Equal("", _shell.Out);
        Assert.Contains("Host host-1 has no networks.", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_a_row_for_each_network()
    {
        _shell.Client.Networks = [Known(omitted: 0)];

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("networks", "--json"));

        Assert.Equal(
            """{"host":"host-1","id":"blue","name":"for people","type":"bridge","bridge":"br-blue","mtu":1500,"vlan":7,"ranges":[{"cidr":"10.1.0.0/24","free":250},{"cidr":"2001:db8::/64","free":null}],"ports":3,"local":true,"problem":null}""",
            _shell.Out.Split('\n')[0]);
        Assert.Equal("red", _shell.Rows[1].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_host_that_knows_nothing_of_its_networks_fails_the_command(bool json)
    {
        _shell.Client.Networks = [new HostNetworks(Host, [], 0, "The host does not answer.")];

        Assert.Equal(ExitCodes.Failed, await _shell.RunAsync(json ? ["networks", "--json"] : ["networks"]));
        Assert.Contains("The host does not answer.", json ? _shell.Out : _shell.Error, StringComparison.Ordinal);
    }

    private static HostNetworks Known(int omitted) => new(
        Host,
        [
            new NetworkView(new NetworkId("blue"), "for people", VifTypes.Bridge, "br-blue", 3, IsLocal: true)
            {
                Mtu = 1500,
                Vlan = 7,
                Ranges = [IPNetwork.Parse("10.1.0.0/24"), IPNetwork.Parse("2001:db8::/64")],
                Free = [250],
            },
            new NetworkView(new NetworkId("red"), "", VifTypes.Ovs, "br-int", 0, IsLocal: false),
        ],
        omitted, null);
}
