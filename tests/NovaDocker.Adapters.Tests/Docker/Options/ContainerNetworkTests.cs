using System.Text.Json.Nodes;
using NovaDocker.Domain.Options;
using NovaDocker.Testing;
using NovaDocker.Testing.Processes;

namespace NovaDocker.Adapters.Tests.Docker.Options;

/// <summary>Options that need the Engine's bridge.</summary>
public sealed class ContainerNetworkTests(OptionLab lab) : IClassFixture<OptionLab>
{
    private const string Serves = "echo served > index.html; exec httpd -f -p 80";

    private static readonly KeyValuePair<string, OptionValue> OnBridge = Set.To(OptionKeys.NetworkMode, "bridge");

    [SkippableTheory]
    [InlineData("127.0.0.1::80/tcp")]
    [InlineData("::80/tcp")]
    public async Task A_published_port_is_reached_from_the_host(string publish)
    {
        await lab.OpenWithBridgeAsync();
        var id = await lab.StartAsync(lab.Spec(Serves, OnBridge, Set.To(OptionKeys.PublishedPorts, publish)));

        var binding = await BindingAsync(id);

        Assert.Equal(publish.StartsWith("127", StringComparison.Ordinal) ? "127.0.0.1" : "0.0.0.0", Text(binding["HostIp"]));
        Assert.Equal("served\n", await GetAsync(Text(binding["HostPort"])));
    }

    [SkippableFact]
    public async Task A_port_of_the_host_is_the_one_that_was_named()
    {
        await lab.OpenWithBridgeAsync();
        using var reserved = new ReservedPort();
        var port = reserved.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await lab.StartAsync(lab.Spec(Serves, OnBridge, Set.To(OptionKeys.PublishedPorts, $"127.0.0.1:{port}:80/tcp")));

        Assert.Equal("served\n", await GetAsync(port));
    }

    [SkippableFact]
    public async Task All_exposed_ports_are_published_on_ports_of_the_Engines_choice()
    {
        await lab.OpenWithBridgeAsync();
        var id = await lab.StartAsync(lab.Spec(
            Serves, OnBridge, Set.To(OptionKeys.ExposedPorts, "80/tcp"), Set.On(OptionKeys.PublishAllPorts)));

        Assert.Equal("served\n", await GetAsync(Text((await BindingAsync(id))["HostPort"])));
    }

    [SkippableFact]
    public async Task A_linked_container_is_known_by_its_alias()
    {
        await lab.OpenWithBridgeAsync();
        var peer = lab.Spec(Serves, OnBridge, Set.To(OptionKeys.ExposedPorts, "80/tcp"));
        var address = await AddressAsync(await lab.StartAsync(peer), "bridge");

        var seen = await lab.EndAsync(await lab.Engine.CreateContainerAsync(
            lab.Spec("cat /etc/hosts; echo $FRIEND_PORT", OnBridge, Set.To(OptionKeys.Links, $"{peer.Name}:friend")), default));

        Assert.Matches($"(?m)^{address}\tfriend ", seen);
        Assert.EndsWith($"tcp://{address}:80\n", seen, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task On_the_bridge_a_name_is_a_label_and_does_not_hinder_the_start()
    {
        await lab.OpenWithBridgeAsync();

        var id = await lab.StartAsync(lab.Spec("sleep 3600", OnBridge, Set.To(OptionKeys.Alias, "web")));

        var shown = await lab.Look.ContainerAsync(id);
        Assert.Equal("web", Text(shown["Config"]!["Labels"]!["org.novadocker.alias"]));
        Assert.Null(shown["NetworkSettings"]!["Networks"]!["bridge"]!["Aliases"]);
    }

    [SkippableFact]
    public async Task On_a_network_that_somebody_made_name_and_link_are_aliases()
    {
        await lab.OpenWithBridgeAsync();
        var network = $"novadocker-test-{lab.Run}";
        await lab.Look.AddNetworkAsync(network);
        try
        {
            var mode = Set.To(OptionKeys.NetworkMode, network);
            var peer = lab.Spec("sleep 3600", mode, Set.To(OptionKeys.Alias, "web"));
            var peerId = await lab.StartAsync(peer);
            var id = await lab.Engine.CreateContainerAsync(
                lab.Spec("sleep 3600", mode, Set.To(OptionKeys.Links, $"{peer.Name}:friend")), default);
            await lab.Engine.StartContainerAsync(id, default);

            Assert.NotEmpty(await AddressAsync(peerId, network));
            Assert.Contains("web", (await EndpointAsync(peerId, network))["Aliases"]!.AsArray().Select(Text));
            Assert.Equal([$"{peer.Name}:friend"], (await EndpointAsync(id, network))["Links"]!.AsArray().Select(Text));
            await lab.Engine.RemoveContainerAsync(id, default);
            await lab.Engine.RemoveContainerAsync(peerId, default);
        }
        finally
        {
            await lab.Look.RemoveNetworkAsync(network);
        }
    }

    private async Task<JsonNode> EndpointAsync(string id, string network) =>
        (await lab.Look.ContainerAsync(id))["NetworkSettings"]!["Networks"]![network]!;

    private async Task<string> AddressAsync(string id, string network) => Text((await EndpointAsync(id, network))["IPAddress"]);

    private async Task<JsonNode> BindingAsync(string id) =>
        (await lab.Look.ContainerAsync(id))["NetworkSettings"]!["Ports"]!["80/tcp"]![0]!;

    /// <summary>The answer of a server in a container, which may not listen yet.</summary>
    private static async Task<string> GetAsync(string port)
    {
        using var http = new HttpClient();
        var answer = await Eventually.BecomesAsync(
            async () =>
            {
                try
                {
                    return await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"));
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            },
            text => text is not null,
            "the server answers");
        return answer!;
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
