using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker.Options;

/// <summary>Looks at an Engine past the adapter, whose requests are checked against what is seen here.</summary>
internal sealed class EngineLook : IDisposable
{
    private readonly HttpClient _http;

    public EngineLook(Uri address)
    {
        var endPoint = new UnixDomainSocketEndPoint(address.LocalPath);
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(endPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri("http://engine/v1.41/"),
        };
    }

    /// <summary>A container, as an inspect shows it.</summary>
    public async Task<JsonNode> ContainerAsync(string id) => JsonNode.Parse(await _http.GetStringAsync(Path($"containers/{id}/json")))!;

    /// <summary>What the Engine says of itself.</summary>
    public async Task<JsonNode> InfoAsync() => JsonNode.Parse(await _http.GetStringAsync(Path("info")))!;

    /// <summary>A volume, as an inspect shows it; null where there is none of that name.</summary>
    public async Task<JsonNode?> FindVolumeAsync(string name)
    {
        using var answer = await _http.GetAsync(Path($"volumes/{name}"));
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The names of the Engine's networks.</summary>
    public async Task<string[]> NetworksAsync() => [.. (await ListNetworksAsync()).Select(n => n!["Name"]!.GetValue<string>())];

    /// <summary>Makes a network of the Engine's bridge driver.</summary>
    public async Task AddNetworkAsync(string name)
    {
        var subnet = EngineSubnets.FreeBeside(await ListNetworksAsync());
        var json = $$$"""{"Name":"{{{name}}}","Driver":"bridge","IPAM":{"Config":[{"Subnet":"{{{subnet}}}"}]}}""";
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(Path("networks/create"), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Removes a network.</summary>
    public async Task RemoveNetworkAsync(string name)
    {
        using var answer = await _http.DeleteAsync(Path($"networks/{name}"));
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonArray> ListNetworksAsync() => JsonNode.Parse(await _http.GetStringAsync(Path("networks")))!.AsArray();

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
