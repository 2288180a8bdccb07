using System.Text.Json.Nodes;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.OpenStack.Tests.Equipment;
using NovaDocker.Testing;

namespace NovaDocker.OpenStack.Tests;

/// <summary>Servers on networks of Neutron's: what reaches what, and what Neutron's agents do for them.</summary>
public sealed class NetworkTests(ComputeHost host) : CloudTests(host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    [SkippableFact]
    public async Task Servers_of_one_network_reach_each_other_under_Neutrons_filter()
    {
        var group = $"closed-{Host.Lab.Name}";
        await Host.Demo.DoAsync("security", "group", "create", group);
        var open = await Host.BootAsync("open");
        var closed = await Host.BootAsync("closed", "--security-group", group);
        var (openAt, closedAt) = (await open.AddressAsync(), await closed.AddressAsync());
        Assert.All([.. await open.PortsAsync(), .. await closed.PortsAsync()], port => Assert.Equal("ACTIVE", port.Status));

        // The default group lets its own members in.
        var third = await Host.BootAsync("third");
        await ReachesAsync(third, openAt);
        (await third.InsideAsync("ping", "-c", "1", "-W", "3", openAt)).Expect(0);
        Assert.False(await FetchesAsync(open, closedAt), "the closed server let somebody in");
        var rule = await Host.Demo.MakeAsync(
            "security", "group", "rule", "create", "--protocol", "tcp", "--dst-port", $"{ComputeHost.HttpPort}", group);
        await ReachesAsync(open, closedAt);
        Assert.NotEqual(0, (await open.InsideAsync("ping", "-c", "1", "-W", "2", closedAt)).ExitCode);
        await Host.Demo.DoAsync("security", "group", "rule", "delete", rule);
        await Eventually.BecomesAsync(() => FetchesAsync(open, closedAt), got => !got, "the port is closed again", Patience);

        foreach (var server in new[] { open, closed, third })
            await server.DeleteAsync();
        await Host.Demo.DoAsync("security", "group", "delete", group);
    }

    [SkippableFact]
    public async Task A_port_comes_and_goes_while_the_server_runs()
    {
        var network = $"second-{Host.Lab.Name}";
        await Host.CreateNetworkAsync(network, "198.18.65.0/24");
        var server = await Host.BootAsync("ports");
        var port = await Host.Demo.MakeAsync("port", "create", "--network", network, $"port-{Host.Lab.Name}");

        await Host.Demo.DoAsync("server", "add", "port", server.Id, port);

        var added = await Eventually.BecomesAsync(
            async () => (await server.PortsAsync()).FirstOrDefault(one => one.Id == port),
            one => one?.Status == "ACTIVE", "Neutron says that the port is up", Patience);
        Assert.StartsWith("brq", await Machine.BridgeOfAsync(added!.Device), StringComparison.Ordinal);
        var inside = (await server.InsideAsync("busybox", "ip", "address")).Expect(0).Out;
        Assert.Contains(added.Address, inside, StringComparison.Ordinal);
        Assert.Contains(added.MacAddress, inside, StringComparison.OrdinalIgnoreCase);

        await Host.Demo.DoAsync("server", "remove", "port", server.Id, port);

        await Eventually.BecomesAsync(
            async () => (await Machine.DevicesAsync()).Contains(added.Device), there => !there, "the port's device is gone", Patience);
        Assert.DoesNotContain(
            added.Address, (await server.InsideAsync("busybox", "ip", "address")).Expect(0).Out, StringComparison.Ordinal);
        await Host.Demo.RunAsync("port", "delete", port);
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task A_server_with_a_port_made_before_has_its_address_and_leaves_it_to_its_user()
    {
        var port = await Host.Demo.MakeAsync(
            "port", "create", "--network", Host.Network, "--fixed-ip", "ip-address=198.18.64.77", $"before-{Host.Lab.Name}");
        var server = await Host.BootAsync("given", "--port", port);

        Assert.Equal("198.18.64.77", await server.AddressAsync());
        Assert.Contains("198.18.64.77", (await server.InsideAsync("busybox", "ip", "address")).Expect(0).Out, StringComparison.Ordinal);
        await server.DeleteAsync();
        await Host.Demo.DoAsync("port", "delete", port);
    }

    [SkippableFact]
    public async Task Neutrons_DHCP_server_offers_the_address_that_the_server_has()
    {
        var server = await Host.BootAsync("dhcp");

        var lease = (await server.InsideAsync(
            "busybox", "udhcpc", "-f", "-n", "-q", "-t", "5", "-i", "eth0", "-s", "/bin/env")).Expect(0);

        Assert.Contains($"lease of {await server.AddressAsync()} obtained", lease.Out + lease.Error, StringComparison.Ordinal);
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task Novas_metadata_is_served_inside()
    {
        var server = await Host.BootAsync("metadata", "--property", "role=reader");

        var answer = await Eventually.BecomesAsync(
            () => FetchAsync(server, "169.254.169.254", 80, "/openstack/latest/meta_data.json"),
            got => got.StartsWith('{'), "the metadata service answers", Patience);

        var metadata = JsonNode.Parse(answer)!;
        Assert.Equal((server.Id, "reader"), (metadata.Text("uuid"), metadata["meta"]!.Text("role")));
        await server.DeleteAsync();
    }

    [SkippableFact]
    public async Task The_config_drive_lies_where_cloud_init_looks_for_it()
    {
        var server = await Host.BootAsync("drive", "--config-drive", "true", "--property", "role=reader");

        var file = await server.InsideAsync("cat", "/var/lib/cloud/seed/config_drive/openstack/latest/meta_data.json");

        Assert.Equal((server.Id, "reader"), (file.Expect(0).Row.Text("uuid"), file.Row["meta"]!.Text("role")));
        await server.DeleteAsync();
    }

    private static async Task<bool> FetchesAsync(Server from, string address) =>
        (await FetchAsync(from, address, ComputeHost.HttpPort, "/")).Contains(ComputeHost.Page, StringComparison.Ordinal);

    /// <summary>What a server gets of an address by HTTP, without the headers; nothing where that does not answer.</summary>
    /// <remarks>A busybox that is linked statically cannot look names up, and its <c>wget</c> ends with a fault over it.</remarks>
    private static async Task<string> FetchAsync(Server from, string address, int port, string path)
    {
        var request = $"printf 'GET {path} HTTP/1.0\\r\\nHost: {address}\\r\\n\\r\\n' | busybox nc -w 3 {address} {port}";
        var answer = (await from.InsideAsync("sh", "-c", request)).Out.ReplaceLineEndings("\n");
        var body = answer.IndexOf("\n\n", StringComparison.Ordinal);
        return body < 0 ? "" : answer[(body + 2)..];
    }

    private static Task<bool> ReachesAsync(Server from, string address) => Eventually.BecomesAsync(
        () => FetchesAsync(from, address), got => got, $"{from.Id} fetches a page from {address}", Patience);
}
