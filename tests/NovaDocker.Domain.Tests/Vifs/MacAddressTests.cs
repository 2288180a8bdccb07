using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Tests.Vifs;

public sealed class MacAddressTests
{
    [Theory]
    [InlineData("fa:16:3e:00:00:01")]
    [InlineData("FA:16:3E:00:00:01")]
    [InlineData("fa-16-3e-00-00-01")]
    public void An_address_has_one_form(string text) => Assert.Equal("fa:16:3e:00:00:01", MacAddress.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("fa:16:3e:00:00")]
    [InlineData("fa:16:3e:00:00:01:02")]
    [InlineData("fa:16:3e:0:00:01")]
    [InlineData("fa:16:3e:00:00:0g")]
    [InlineData("fa:16:3e:00:00:+1")]
    [InlineData("fa163e000001")]
    [InlineData(" fa:16:3e:00:00:01")]
    [InlineData("01:00:5e:00:00:01")]
    [InlineData("ff:ff:ff:ff:ff:ff")]
    [InlineData("00:00:00:00:00:00")]
    public void What_no_interface_can_have_is_none(string? text) => Assert.False(MacAddress.TryParse(text, out _));

    [Fact]
    public void What_is_none_is_quoted() => Assert.Contains(
        "'x' is not a MAC address; six pairs", Assert.Throws<FormatException>(() => MacAddress.Parse("x")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_port_without_an_address_gets_one_of_its_id() => Assert.Equal(
        "fa:16:3e:c8:d9:ea", MacAddress.For(PortId.Parse("7a5c3b1d-0e2f-4142-8384-95a6b7c8d9ea")).ToString());
}
