using System.Net;
using System.Text.Json.Nodes;
using NovaDocker.Http.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;

namespace NovaDocker.Http.Tests;

/// <summary>Ports as Nova hands them over.</summary>
public sealed class PortTests(RunningDoor running) : IClassFixture<RunningDoor>
{
    private readonly DoorLab _lab = running.Lab;

    private DoorClient Client => _lab.Client;

    [Fact]
    public async Task A_port_of_a_real_cloud_is_plugged_as_it_stands()
    {
        var vif = NovaVif.Real();

        var id = await Client.BootedAsync($", \"vifs\": [{vif.ToJsonString()}]");

        var port = Assert.Single((await Client.InstanceAsync(id))["ports"]!.AsArray())!;
        Assert.Equal(vif.Text("id"), port.Text("id"));
        Assert.Equal(("fa:16:3e:a4:ac:49", "eth0", true), (port.Text("mac"), port.Text("interface"), port["isPlugged"]!.GetValue<bool>()));
        Assert.Equal(vif.Text("devname"), port.Text("device"));
        Assert.Equal(["10.88.0.160"], port["addresses"]!.AsArray().Select(address => address!.GetValue<string>()));
        Assert.Equal(vif["network"]!.Text("id"), port.Text("networkId"));
        var nic = Assert.Single((await Client.GetAsync($"/v1/instances/{id}/diagnostics")).Body["nics"]!.AsArray())!;
        Assert.Equal(("eth0", vif.Text("id")), (nic.Text("interface"), nic.Text("portId")));
    }

    [Fact]
    public async Task Ports_come_and_go_while_the_instance_runs()
    {
        var id = await Client.BootedAsync($", \"vifs\": [{NovaVif.New("10.88.0.10").ToJsonString()}]");
        var more = NovaVif.New("10.88.0.11");

        await Client.DoAsync(id, "attach-interface", $$"""{"vif": {{more.ToJsonString()}}}""");
        Assert.Equal(2, (await Client.InstanceAsync(id))["ports"]!.AsArray().Count);
        await Client.DoAsync(id, "detach-interface", $$"""{"portId": "{{more.Text("id")}}"}""");

        Assert.Single((await Client.InstanceAsync(id))["ports"]!.AsArray());
        var gone = await Client.PostAsync($"/v1/instances/{id}/actions/detach-interface", $$"""{"portId": "{{more.Text("id")}}"}""");
        gone.ExpectProblem(404, "no-port");
        var bare = await Client.BootedAsync();
        (await Client.PostAsync($"/v1/instances/{bare}/actions/attach-interface", $$"""{"vif": {{NovaVif.New("10.88.0.12").ToJsonString()}}}"""))
            .ExpectProblem(409, "no-sandbox");
        (await Client.PostAsync($"/v1/instances/{bare}/actions/attach-interface", $$"""{"vif": {{NovaVif.New("10.88.0.10").ToJsonString()}}}"""))
            .ExpectProblem(409, "port-in-use");
    }

    [Theory]
    [InlineData("plugged", true, "succeeded")]
    [InlineData("timed-out", true, "failed")]
    [InlineData("timed-out", false, "succeeded")]
    [InlineData("failed", true, "failed")]
    public async Task A_boot_that_waits_for_Neutron_goes_on_when_that_is_told(string outcome, bool isFatal, string state)
    {
        var id = CommanderIds.NewInstanceId().ToString();
        var vif = NovaVif.New($"10.88.{Random.Shared.Next(1, 250)}.{Random.Shared.Next(1, 250)}", "10.88.0.0/16");
        var boot = (await Client.PutAsync(
            $"/v1/instances/{id}",
            DoorClient.BootBody(
                $$""", "vifs": [{{vif.ToJsonString()}}], "awaitVifs": {"timeoutSeconds": 300, "isFatal": {{(isFatal ? "true" : "false")}}}""")))
            .Expect(HttpStatusCode.Accepted).Body;
        await Eventually.BecomesAsync(
            () => Client.GetAsync(boot.Text("href")!), answer => answer.Body.Text("step") == "await-vifs", "the boot waits");

        var told = await Client.PostAsync($"/v1/instances/{id}/actions/vif-plugging", $$"""{"outcome": "{{outcome}}", "detail": "so it was"}""");

        Assert.Equal(boot.Text("id"), told.Expect(HttpStatusCode.Accepted).Body.Text("id"));
        Assert.Equal(state, (await Client.EndAsync(told.Body)).Text("state"));
        var late = (await Client.PostAsync($"/v1/instances/{id}/actions/vif-plugging", """{"outcome": "plugged"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal("succeeded", late.Body.Text("state"));
    }

    [Theory]
    [InlineData("id", "\"x\"", "vifs[0].id is 'x'; the UUID of a port is expected.")]
    [InlineData("id", null, "vifs[0].id is missing; the UUID of a port is expected.")]
    [InlineData("address", "\"01:00:5e:00:00:01\"", "vifs[0].address is '01:00:5e:00:00:01'; six pairs of hexadecimal digits")]
    [InlineData("type", "7", "vifs[0].type is 7; a text is expected.")]
    [InlineData("network", null, "vifs[0].network is missing; an object is expected.")]
    [InlineData("network.id", "\"-\"", "vifs[0].network.id is '-'; the UUID of a network is expected.")]
    [InlineData("network.meta.mtu", "\"big\"", "vifs[0].network.meta.mtu is 'big'; a whole number from 0 to 2147483647 is expected.")]
    [InlineData("network.subnets.0.cidr", "\"10.88.0.1/24\"", "vifs[0].network.subnets[0].cidr is '10.88.0.1/24'; an IP range such as 10.0.0.0/24")]
    [InlineData("network.subnets.0.ips.0.address", "\"10.1\"", "vifs[0].network.subnets[0].ips[0].address is '10.1'; an IP address is expected.")]
    [InlineData("network.subnets.0.gateway", "true", "vifs[0].network.subnets[0].gateway is true; an object is expected.")]
    [InlineData("network.meta.vlan", "5000", "vlan of port")]
    [InlineData("type", "\"binding_failed\"", "Neutron found no way to bind it to this host")]
    public async Task What_is_wrong_with_a_port_is_said_with_its_place(string place, string? json, string message)
    {
        var vif = NovaVif.New("10.88.0.99");
        JsonNode holder = vif;
        var names = place.Split('.');
        foreach (var name in names[..^1])
            holder = int.TryParse(name, out var index) ? holder[index]! : holder[name]!;
        holder[names[^1]] = json is null ? null : JsonNode.Parse(json);

        var refused = await Client.PutAsync(
            $"/v1/instances/{CommanderIds.NewInstanceId()}", DoorClient.BootBody($", \"vifs\": [{vif.ToJsonString()}]"));

        Assert.Contains(message, refused.ExpectProblem(400, "invalid-argument").Text("detail"), StringComparison.Ordinal);
    }
}
