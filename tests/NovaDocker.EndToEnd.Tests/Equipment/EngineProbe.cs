using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NovaDocker.Testing;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>Asks the Engine itself, by a way of its own: what the program says of containers is checked against this.</summary>
public sealed class EngineProbe : IDisposable
{
    private readonly HttpClient _http;

    public EngineProbe(Uri address)
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

    /// <summary>A container, as the Engine describes it; null where there is none.</summary>
    public Task<JsonNode?> ContainerAsync(string nameOrId) => GetAsync($"containers/{nameOrId}/json");

    /// <summary>All containers with a label.</summary>
    public async Task<JsonArray> ContainersAsync(string label) =>
        (await GetAsync($"containers/json?all=1&filters={Filter(label)}"))!.AsArray();

    /// <summary>The names of all volumes with a label.</summary>
    public async Task<IReadOnlyList<string>> VolumesAsync(string label) =>
    [
        .. ((await GetAsync($"volumes?filters={Filter(label)}"))!["Volumes"]?.AsArray() ?? [])
            .Select(volume => volume!.Text("Name")!),
    ];

    /// <summary>All images with a label.</summary>
    public async Task<JsonArray> ImagesAsync(string label) =>
        (await GetAsync($"images/json?filters={Filter(label)}"))!.AsArray();

    /// <summary>All images, those without a name and those below others among them.</summary>
    public async Task<JsonArray> AllImagesAsync() => (await GetAsync("images/json?all=1"))!.AsArray();

    /// <summary>The names of its networks.</summary>
    public async Task<IReadOnlyList<string>> NetworksAsync() =>
        [.. (await ListNetworksAsync()).Select(network => network!.Text("Name")!)];

    /// <summary>Makes a network of the Engine's bridge driver.</summary>
    public async Task AddNetworkAsync(string name) => await PostAsync("networks/create", new JsonObject
    {
        ["Name"] = name,
        ["Driver"] = "bridge",
        ["IPAM"] = new JsonObject
        {
            ["Config"] = new JsonArray(new JsonObject { ["Subnet"] = EngineSubnets.FreeBeside(await ListNetworksAsync()) }),
        },
    });

    public Task RemoveNetworkAsync(string name) => SendAsync(HttpMethod.Delete, $"networks/{name}");

    public Task<JsonNode?> ImageAsync(string reference) => GetAsync($"images/{reference}/json");

    /// <summary>Removes a container behind the node's back.</summary>
    public Task RemoveContainerAsync(string id) => SendAsync(HttpMethod.Delete, $"containers/{id}?force=1&v=1");

    /// <summary>Makes a second container with a container's image and labels, behind the node's back; it is not started.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CopyContainerAsync(string id)
    {
        var config = (await ContainerAsync(id))!["Config"]!;
        var spec = new JsonObject { ["Image"] = config["Image"]!.DeepClone(), ["Labels"] = config["Labels"]!.DeepClone() };
        using var content = new StringContent(spec.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri("containers/create", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.Text("Id")!;
    }

    /// <summary>Makes an image of a container, under a name of the caller's, as somebody does who knows nothing of a node.</summary>
    public Task CommitAsync(string id, string repository) =>
        PostAsync($"commit?container={id}&repo={Uri.EscapeDataString(repository)}&tag=latest", []);

    /// <summary>Ends a container's process behind the node's back.</summary>
    public Task KillContainerAsync(string id) => SendAsync(HttpMethod.Post, $"containers/{id}/kill");

    /// <summary>Does something to a container behind the node's back, such as <c>pause</c>, <c>restart?t=0</c>, <c>rename?name=x</c>.</summary>
    public Task ActAsync(string id, string action) => SendAsync(HttpMethod.Post, $"containers/{id}/{action}");

    /// <summary>Runs a program in a container behind the node's back, to its end.</summary>
    public async Task ExecAsync(string id, params string[] command)
    {
        var words = new JsonArray([.. command.Select(word => JsonValue.Create(word))]);
        var made = await PostAsync($"containers/{id}/exec", new JsonObject { ["Cmd"] = words });
        var run = $"exec/{JsonNode.Parse(made)!.Text("Id")}";
        await PostAsync($"{run}/start", new JsonObject { ["Detach"] = true });
        await Eventually.BecomesAsync(
            () => GetAsync($"{run}/json"), shown => shown?["Running"]!.GetValue<bool>() != true, $"{string.Join(' ', command)} has ended");
    }

    public Task RemoveVolumeAsync(string name) => SendAsync(HttpMethod.Delete, $"volumes/{name}");

    public Task RemoveImageAsync(string id) => SendAsync(HttpMethod.Delete, $"images/{id}?force=1");

    public void Dispose() => _http.Dispose();

    private static string Filter(string label) => Uri.EscapeDataString($$"""{"label":["{{label}}"]}""");

    private async Task<JsonArray> ListNetworksAsync() => (await GetAsync("networks"))!.AsArray();

    private async Task<JsonNode?> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync());
    }

    private async Task<string> PostAsync(string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    private async Task SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        using var response = await _http.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.NotFound)
            response.EnsureSuccessStatusCode();
    }
}
