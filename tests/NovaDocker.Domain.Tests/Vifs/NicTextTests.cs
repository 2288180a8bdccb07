using System.Net;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Tests.Vifs;

/// <summary>A port as a person writes it.</summary>
public sealed class NicTextTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var nic = NicText.Read(
            "net=blue,ip=10.1.0.5/24,ip=2001:db8::5,mac=FA-16-3E-00-00-01,gateway=10.1.0.1,gateway=fe80::1,dns=10.1.0.2,dns=10.1.0.3,"
            + "vif-type=ovs,bridge=br-int,vlan=7,mtu=9000,port=7a5c3b1d-0e2f-4142-8384-95a6b7c8d9ea",
            out var problems);

        Assert.Empty(problems);
        Assert.Equal(
            new NicRequest
            {
                Network = new NetworkId("blue"),
                Addresses = [new NicAddress(IPAddress.Parse("10.1.0.5"), 24), new NicAddress(IPAddress.Parse("2001:db8::5"), null)],
                Mac = new MacAddress("fa:16:3e:00:00:01"),
                Gateways = [IPAddress.Parse("10.1.0.1"), IPAddress.Parse("fe80::1")],
                Dns = [IPAddress.Parse("10.1.0.2"), IPAddress.Parse("10.1.0.3")],
                Type = "ovs",
                Bridge = "br-int",
                Vlan = 7,
                Mtu = 9000,
                Port = PortId.Parse("7a5c3b1d-0e2f-4142-8384-95a6b7c8d9ea"),
            },
            nic);
    }

    [Fact]
    public void Blanks_beside_commas_do_not_count_and_a_bridge_will_do()
    {
        Assert.Equal(new NicRequest { Network = new NetworkId("blue"), Mtu = 1400 }, NicText.Read(" net=blue , mtu=1400 ", out _));
        Assert.Equal(new NicRequest { Bridge = "br0" }, NicText.Read("bridge=br0", out _));
    }

    [Theory]
    [InlineData("", "A KEY=VALUE is missing")]
    [InlineData("net=blue,", "A KEY=VALUE is missing beside a comma")]
    [InlineData("blue", "blue is no key of a port;")]
    [InlineData("nett=blue", "nett is no key of a port; did you mean net?")]
    [InlineData("Net=blue", "did you mean net?")]
    [InlineData("net", "net has no value;")]
    [InlineData("net=", "net has no value;")]
    [InlineData("net=-blue", "net is '-blue'; the network")]
    [InlineData("net=blue,net=red", "net is there twice; once is expected.")]
    [InlineData("net=blue,ip=10.1.0.256", "ip is '10.1.0.256'; an address")]
    [InlineData("net=blue,ip=10.1", "ip is '10.1'; an address")]
    [InlineData("net=blue,ip=010.1.0.5", "ip is '010.1.0.5'")]
    [InlineData("net=blue,ip=fe80::1%eth0", "ip is 'fe80::1%eth0'")]
    [InlineData("net=blue,ip=10.1.0.5/33", "ip is '10.1.0.5/33'")]
    [InlineData("net=blue,ip=10.1.0.5/0", "ip is '10.1.0.5/0'")]
    [InlineData("net=blue,ip=10.1.0.5/24/1", "ip is '10.1.0.5/24/1'")]
    [InlineData("net=blue,ip=2001:db8::5/129", "ip is '2001:db8::5/129'")]
    [InlineData("net=blue,mac=ff:16:3e:00:00:01", "mac is 'ff:16:3e:00:00:01'; six pairs")]
    [InlineData("net=blue,gateway=10.1.0.1,gateway=10.1.0.2", "gateway is there twice for one family")]
    [InlineData("net=blue,gateway=gw", "gateway is 'gw'")]
    [InlineData("net=blue,dns=8.8", "dns is '8.8'")]
    [InlineData("net=blue,vlan=4095", "vlan is '4095'; a number from 1 to 4094 is expected.")]
    [InlineData("net=blue,vlan=+1", "vlan is '+1'")]
    [InlineData("net=blue,mtu=67", "mtu is '67'; bytes")]
    [InlineData("net=blue,bridge=a/b", "bridge is 'a/b'")]
    [InlineData("net=blue,port=4711", "port is '4711'; the port's id: a UUID")]
    [InlineData("ip=10.1.0.5", "net is missing;")]
    public void What_is_wrong_is_told_with_key_value_and_what_would_be_right(string text, string words)
    {
        Assert.Null(NicText.Read(text, out var problems));

        Assert.Contains(words, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        Assert.Null(NicText.Read("nett=blue,ip=x,mtu=1", out var problems));

        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public void Every_key_there_is_is_explained() =>
        Assert.All(NicText.Keys, key => Assert.NotEmpty(key.Takes));
}
