using NovaDocker.Testing;

namespace NovaDocker.OpenStack.Tests.Equipment;

/// <summary>What Neutron's security groups let through between servers of one network, whichever of its agents filters.</summary>
public static class NeutronFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>
    /// Members of the default group reach each other; a server of a group without rules is reached by nobody, then at the one
    /// port that a rule opens, and no longer when the rule has gone.
    /// </summary>
    /// <param name="host">The compute host.</param>
    /// <param name="network">The network's name.</param>
    /// <returns>A server of the default group and that of the group without rules, both running.</returns>
    public static async Task<(Server Open, Server Closed)> ShowAsync(ComputeHost host, string network)
    {
        var group = await host.CreateSecurityGroupAsync($"closed-{network}");
        var open = await host.BootAsync("open", "--network", network);
        var closed = await host.BootAsync("closed", "--network", network, "--security-group", group);
        var (openAt, closedAt) = (await open.AddressAsync(), await closed.AddressAsync());
        Assert.All([.. await open.PortsAsync(), .. await closed.PortsAsync()], port => Assert.Equal("ACTIVE", port.Status));

        var third = await host.BootAsync("third", "--network", network);
        await ReachesAsync(third, openAt);
        (await third.InsideAsync("ping", "-c", "1", "-W", "30", openAt)).Expect(0);
        await third.DeleteAsync();

        Assert.False(await FetchesAsync(open, closedAt), "the closed server let somebody in");
        var rule = await host.Demo.MakeAsync(
            "security", "group", "rule", "create", "--protocol", "tcp", "--dst-port", $"{ComputeHost.HttpPort}", group);
        await ReachesAsync(open, closedAt);
        Assert.NotEqual(0, (await open.InsideAsync("ping", "-c", "1", "-W", "2", closedAt)).ExitCode);
        await host.Demo.DoAsync("security", "group", "rule", "delete", rule);
        await Eventually.BecomesAsync(() => FetchesAsync(open, closedAt), got => !got, "the port is closed again", Patience);
        return (open, closed);
    }

    private static async Task<bool> FetchesAsync(Server from, string address) =>
        (await from.FetchAsync(address, ComputeHost.HttpPort, "/")).Contains(ComputeHost.Page, StringComparison.Ordinal);

    private static Task<bool> ReachesAsync(Server from, string address) => Eventually.BecomesAsync(
        () => FetchesAsync(from, address), got => got, $"{from.Id} fetches a page from {address}", Patience);
}
