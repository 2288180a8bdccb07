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
        var (open, closed) = await NeutronFilter.ShowAsync(Host, Host.Network);

        await open.DeleteAsync();
        await closed.DeleteAsync();
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
            () => server.FetchAsync("169.254.169.254", 80, "/openstack/latest/meta_data.json"),
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
}
