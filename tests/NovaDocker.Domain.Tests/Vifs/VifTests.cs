using NovaDocker.Domain.Tests.Scenarios;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Tests.Vifs;

/// <summary>The names that follow from the ids of ports and networks, and the ids themselves.</summary>
public sealed class VifTests
{
    private static readonly Vif Vif = PortSample.First with { Id = PortId.Parse("7a5c3b1d-0e2f-4142-8384-95a6b7c8d9ea") };

    [Theory]
    [InlineData("blue")]
    [InlineData("4b1e6f5a-8c7d-4e9f-a0b1-c2d3e4f50617")]
    [InlineData("0")]
    [InlineData("a.b_c-d")]
    public void A_network_id_is_a_name_or_a_uuid(string text) => Assert.Equal(text, NetworkId.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-blue")]
    [InlineData(".blue")]
    [InlineData("blue sky")]
    [InlineData("a/b")]
    [InlineData("bläu")]
    public void What_could_be_mistaken_is_none(string? text) => Assert.False(NetworkId.TryParse(text, out _));

    [Fact]
    public void A_network_id_has_64_characters_at_most()
    {
        Assert.True(NetworkId.TryParse(new string('a', NetworkId.MaxLength), out _));
        Assert.False(NetworkId.TryParse(new string('a', NetworkId.MaxLength + 1), out _));
        Assert.Contains("1 to 64", Assert.Throws<FormatException>(() => NetworkId.Parse("a b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_id_is_a_uuid_and_not_the_empty_one()
    {
        Assert.True(PortId.TryParse("7A5C3B1D0E2F4142838495A6B7C8D9EA", out var id));
        Assert.Equal(Vif.Id, id);
        Assert.False(PortId.TryParse("00000000-0000-0000-0000-000000000000", out _));
        Assert.False(PortId.TryParse("7a5c", out _));
        Assert.Throws<FormatException>(() => PortId.Parse("7a5c"));
    }

    [Fact]
    public void Devices_and_bridges_are_named_as_Neutron_names_them()
    {
        Assert.Equal("tap7a5c3b1d-0e", Vif.Device);
        Assert.Equal("brqblue", Vif.Bridge);
        Assert.Equal("brq4b1e6f5a-8c", NetworkId.Parse("4b1e6f5a-8c7d-4e9f-a0b1-c2d3e4f50617").DefaultBridge);
        Assert.Equal(Vif.Id.ToString(), Vif.InterfaceId);
    }

    [Fact]
    public void What_Neutron_says_stands_above_that()
    {
        var said = Vif with { DeviceName = "qvo1", OvsInterfaceId = "other", Network = Vif.Network with { Bridge = "br-int" } };

        Assert.Equal(("qvo1", "br-int", "other"), (said.Device, said.Bridge, said.InterfaceId));
    }

    [Theory]
    [InlineData(VifTypes.Ovs, "true", true)]
    [InlineData(VifTypes.Ovs, "True", true)]
    [InlineData(VifTypes.Ovs, "false", false)]
    [InlineData(VifTypes.Ovs, "1", false)]
    [InlineData(VifTypes.Bridge, "true", false)]
    public void A_hybrid_is_a_port_of_Open_vSwitch_that_says_so(string type, string plug, bool isHybrid) => Assert.Equal(
        isHybrid, (Vif with { Type = type, Details = Optioned.Map(("ovs_hybrid_plug", plug)) }).IsHybrid);

    [Fact]
    public void The_first_interface_that_is_free_is_taken()
    {
        InstancePort Port(int index) => new(PortSample.Numbered(index + 1), index, IsPlugged: true);

        Assert.Equal(0, InstancePort.With([], Vif)[^1].Index);
        Assert.Equal(0, InstancePort.With([Port(1), Port(2)], Vif)[^1].Index);
        Assert.Equal(1, InstancePort.With([Port(2), Port(0)], Vif)[^1].Index);
        Assert.Equal(2, InstancePort.With([Port(0), Port(1)], Vif)[^1].Index);
    }
}
