using System.Net;
using Google.Protobuf;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>Ports on the wire: an instance without any takes no byte for them, and what is wrong with one names its field.</summary>
public sealed class VifWireTests
{
    private const string AttachManifest = "instance.attach-requested.v1";
    private const string NicManifest = "compute.attach-nic.v1";

    [Fact]
    public void No_ports_take_no_byte()
    {
        Assert.Empty(Read(V1.BootRequested.Parser, "boot-requested").Spec.Vifs);
        var facts = Read(V1.InstanceSnapshot.Parser, "state-resting").State.Resting.Facts;
        Assert.Empty(facts.Ports);
        Assert.False(facts.HasSandboxId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0a0100")]
    [InlineData("0a01000500")]
    public void An_address_of_another_length_is_refused(string hex)
    {
        var wrong = ByteString.CopyFrom(Convert.FromHexString(hex));

        AssertRefused("Address", vif => vif.Network.Subnets[0].Ips[0].Address = wrong);
        AssertRefused("FloatingIps", vif => vif.Network.Subnets[0].Ips[0].FloatingIps[1] = wrong);
        AssertRefused("Gateway", vif => vif.Network.Subnets[0].Gateway = wrong);
        AssertRefused("Gateway", vif => vif.Network.Subnets[0].Routes[0].Gateway = wrong);
        AssertRefused("Dns", vif => vif.Network.Subnets[0].Dns[0] = wrong);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(33)]
    [InlineData(23)]
    public void A_range_that_is_none_is_refused(int prefixLength)
    {
        AssertRefused("Cidr", vif =>
        {
            vif.Network.Subnets[0].Cidr.Address = ByteString.CopyFrom(10, 1, 1, 0);
            vif.Network.Subnets[0].Cidr.PrefixLength = prefixLength;
        });
    }

    [Fact]
    public void A_range_that_is_missing_is_refused()
    {
        AssertRefused("Cidr", vif => vif.Network.Subnets[0].Cidr = null);
        AssertRefused("Destination", vif => vif.Network.Subnets[0].Routes[0].Destination = null);
    }

    [Theory]
    [InlineData("fa163e1234")]
    [InlineData("fb163e123456")]
    [InlineData("000000000000")]
    public void A_hardware_address_that_no_interface_has_is_refused(string hex) =>
        AssertRefused("Mac", vif => vif.Mac = ByteString.CopyFrom(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("")]
    [InlineData("-blue")]
    [InlineData("blue/../red")]
    public void A_network_without_a_name_of_one_is_refused(string id) => AssertRefused("Id", vif => vif.Network.Id = id);

    [Fact]
    public void A_port_without_an_id_is_refused()
    {
        AssertRefused("Id", vif => vif.Id = ByteString.CopyFrom(new byte[16]));
        AssertRefused("Network", vif => vif.Network = null);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(33)]
    public void An_address_that_is_wished_for_has_a_prefix_within_its_bits(int prefixLength)
    {
        var wire = Read(V1.AttachNic.Parser, "attach-nic");
        wire.Nic.Addresses[0].PrefixLength = prefixLength;

        AssertRefused(NicManifest, wire, "PrefixLength");
    }

    [Fact]
    public void A_scope_stays_on_the_machine_that_it_means_something_on()
    {
        var nic = new NicRequest { Network = NetworkId.Parse("blue"), Gateways = [IPAddress.Parse("fe80::1%7")] };
        var attach = ((AttachNic)Samples.Named("attach-nic").Message) with { Nic = nic };

        var read = (AttachNic)WireTable.Current.Decode(WireTable.Current.Encode(attach), NicManifest);

        Assert.Equal([IPAddress.Parse("fe80::1")], read.Nic.Gateways);
    }

    [Fact]
    public void What_could_not_be_read_is_not_written()
    {
        var attach = (AttachRequested)Samples.Named("attach-requested").Message;

        Assert.All(
            new Vif[]
            {
                attach.Vif with { Id = default },
                attach.Vif with { Mac = default },
                attach.Vif with { Mac = new MacAddress("no address") },
                attach.Vif with { Network = attach.Vif.Network with { Id = default } },
            },
            vif => Assert.Throws<WireFormatException>(() => WireTable.Current.Encode(attach with { Vif = vif })));
    }

    [Fact]
    public void Details_lie_in_the_order_of_their_keys()
    {
        var keys = Read(V1.AttachRequested.Parser, "attach-requested").Vif.Details.Keys;

        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void The_largest_report_of_networks_fits_into_a_frame()
    {
        const int FrameBytes = 120_000;
        var view = ((NetworksReport)Samples.Named("networks-report").Message).Hosts[0].Networks[0];
        var report = new Domain.Hosts.HostProtocol.HostNetworks(
            new HostId(new string('h', 64)),
            Enumerable.Repeat(
                view with
                {
                    Id = NetworkId.Parse(new string('n', NetworkId.MaxLength)),
                    Label = new string('日', 64),
                    Ranges = Enumerable.Repeat(IPNetwork.Parse("2001:db8::/64"), 4).ToEquatableArray(),
                    Free = Enumerable.Repeat(long.MaxValue, 4).ToEquatableArray(),
                },
                Domain.Hosts.HostProtocol.MaxNetworks).ToEquatableArray(),
            0, null);

        Assert.InRange(WireTable.Current.Encode(report).Length, 32_000, FrameBytes);
    }

    private static void AssertRefused(string field, Action<V1.Vif> change)
    {
        var wire = Read(V1.AttachRequested.Parser, "attach-requested");
        change(wire.Vif);
        AssertRefused(AttachManifest, wire, field);
    }

    private static void AssertRefused(string manifest, IMessage wire, string field)
    {
        var stream = new MemoryStream();
        wire.WriteDelimitedTo(stream);

        var error = Assert.Throws<WireFormatException>(() => WireTable.Current.Decode(stream.ToArray(), manifest));

        Assert.Equal((manifest, field), (error.Manifest, error.Field));
    }

    private static T Read<T>(MessageParser<T> parser, string sample)
        where T : IMessage<T> =>
        parser.ParseDelimitedFrom(new MemoryStream(WireTable.Current.Encode(Samples.Named(sample).Message)));
}
