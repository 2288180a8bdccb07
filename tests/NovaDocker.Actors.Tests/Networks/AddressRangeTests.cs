using System.Net;
using NovaDocker.Actors.Networks;

namespace NovaDocker.Actors.Tests.Networks;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("10.0.0.0/24", "10.0.0.2", "10.0.0.4", "", "10.0.0.2")]
    [InlineData("10.0.0.0/24", "10.0.0.2", "10.0.0.4", "10.0.0.2 10.0.0.3", "10.0.0.4")]
    [InlineData("10.0.0.0/24", "10.0.0.2", "10.0.0.4", "10.0.0.3", "10.0.0.2")]
    [InlineData("10.0.0.0/24", "10.0.0.2", "10.0.0.4", "10.0.0.2 10.0.0.3 10.0.0.4", null)]
    [InlineData("10.0.0.0/24", "10.0.0.1", "10.0.0.4", "", "10.0.0.2")]
    [InlineData("10.0.0.0/16", "10.0.0.254", "10.0.1.9", "10.0.0.254", "10.0.0.255")]
    [InlineData("0.0.0.0/0", "0.0.0.5", "0.0.0.6", "", "0.0.0.5")]
    [InlineData("255.255.255.0/24", "255.255.255.254", "255.255.255.255", "255.255.255.254", "255.255.255.255")]
    [InlineData("fd00::/64", "fd00::10", "fd00::ffff:ffff:ffff:ffff", "fd00::10", "fd00::11")]
    [InlineData("fd00::/64", "fd00::ff", "fd00::100", "fd00::ff", "fd00::100")]
    public void The_lowest_address_that_nobody_has_is_free(string cidr, string first, string last, string taken, string? free)
    {
        Assert.Equal(free, AddressRange.FirstFree(Subnet(cidr, first, last), Addresses(taken).ToHashSet())?.ToString());
    }

    [Theory]
    [InlineData("10.0.0.0/24", "10.0.0.2", "10.0.0.4", "", 3)]
    [InlineData("10.0.0.0/24", "10.0.0.1", "10.0.0.4", "", 3)]
    [InlineData("10.0.0.0/24", "10.0.0.2", "10.0.0.4", "10.0.0.2 10.0.0.9 fd00::1 10.0.0.2", 2)]
    [InlineData("fd00::/64", "fd00::2", "fd00::ffff:ffff:ffff:ffff", "", long.MaxValue)]
    public void Free_addresses_are_counted_without_the_gateway_and_those_of_elsewhere(
        string cidr, string first, string last, string taken, long free)
    {
        Assert.Equal(free, AddressRange.CountFree(Subnet(cidr, first, last), Addresses(taken)));
    }

    [Theory]
    [InlineData("10.0.0.0/24", "10.0.0.0", true)]
    [InlineData("10.0.0.0/24", "10.0.0.255", true)]
    [InlineData("10.0.0.0/24", "10.0.0.1", false)]
    [InlineData("10.0.0.0/24", "10.0.0.254", false)]
    [InlineData("10.0.0.0/31", "10.0.0.0", false)]
    [InlineData("10.0.0.0/31", "10.0.0.1", false)]
    [InlineData("10.0.0.7/32", "10.0.0.7", false)]
    [InlineData("fd00::/64", "fd00::", true)]
    [InlineData("fd00::/64", "fd00::ffff:ffff:ffff:ffff", false)]
    [InlineData("fd00::/127", "fd00::", false)]
    public void The_address_of_the_network_and_that_of_everybody_are_nobody_s(string cidr, string address, bool isReserved)
    {
        Assert.Equal(isReserved, AddressRange.IsReserved(IPNetwork.Parse(cidr), IPAddress.Parse(address)));
    }

    private static LocalSubnet Subnet(string cidr, string first, string last) =>
        new(IPNetwork.Parse(cidr), IPAddress.Parse(first), IPAddress.Parse(last)) { Gateway = IPAddress.Parse("10.0.0.1") };

    private static IEnumerable<IPAddress> Addresses(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse);
}
