using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NovaDocker.Http.Requests;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;

namespace NovaDocker.Http.Tests.Equipment;

/// <summary>An answer of the door.</summary>
internal sealed record DoorAnswer(HttpStatusCode Status, JsonNode? Json, string Text, string? MediaType, Uri? Location)
{
    public JsonNode Body => Json ?? throw new InvalidOperationException($"{Status}: no JSON: {Text}");

    /// <summary>The answer, which is to have that status.</summary>
    public DoorAnswer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{status} was expected, and {Status} came: {Text}");
        return this;
    }

    /// <summary>The problem, which is to have that status and code.</summary>
    public JsonNode ExpectProblem(int status, string code)
    {
        Expect((HttpStatusCode)status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(code, Body.Text("code"));
        Assert.Equal($"urn:novadocker:{code}", Body.Text("type"));
        Assert.Equal(status, Body["status"]!.GetValue<int>());
        return Body;
    }
}

/// <summary>Speaks with the door over its socket.</summary>
internal sealed class DoorClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly HttpClient _http;

    public DoorClient(string socket) => _http = new HttpClient(new SocketsHttpHandler
    {
        ConnectCallback = async (_, token) =>
        {
            var connected = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await connected.ConnectAsync(new UnixDomainSocketEndPoint(socket), token);
                return new NetworkStream(connected, ownsSocket: true);
            }
            catch
            {
                connected.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
        Timeout = Patience,
    };

    public void Dispose() => _http.Dispose();

    public Task<DoorAnswer> GetAsync(string path, CancellationToken cancellationToken = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    /// <summary>Asks for a change.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">What to change.</param>
    /// <param name="body">The body as JSON text; null for none.</param>
    /// <param name="requestId">The request's id; null for a new one, empty for none.</param>
    /// <param name="headers">Further headers.</param>
    public Task<DoorAnswer> ChangeAsync(
        HttpMethod method, string path, string? body = null, string? requestId = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (requestId != "")
            request.Headers.Add(Caller.RequestIdHeader, requestId ?? CommanderIds.NewRequestId());
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return SendAsync(request);
    }

    public Task<DoorAnswer> PutAsync(string path, string body, string? requestId = null) => ChangeAsync(HttpMethod.Put, path, body, requestId);

    public Task<DoorAnswer> PostAsync(string path, string? body = null, string? requestId = null) =>
        ChangeAsync(HttpMethod.Post, path, body, requestId);

    public async Task<DoorAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var type = response.Content.Headers.ContentType?.MediaType;
            return new DoorAnswer(
                response.StatusCode, type?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : null, text, type,
                response.Headers.Location);
        }
    }

    /// <summary>Boots an instance, and waits until it is active.</summary>
    /// <param name="more">Further members of the body, each with a comma before it.</param>
    public async Task<string> BootedAsync(string more = "")
    {
        var id = CommanderIds.NewInstanceId().ToString();
        var operation = (await PutAsync($"/v1/instances/{id}", BootBody(more))).Expect(HttpStatusCode.Accepted).Body;
        Assert.Equal("succeeded", (await EndAsync(operation)).Text("state"));
        return id;
    }

    public static string BootBody(string more = "") =>
        $$"""{"name": "web", "image": "{{DoorLab.ImageName}}", "memoryMb": 64, "vcpus": 1{{more}}}""";

    /// <summary>Does something to an instance, and waits until it is done.</summary>
    public async Task<JsonNode> DoAsync(string id, string action, string? body = null)
    {
        var answer = await PostAsync($"/v1/instances/{id}/actions/{action}", body);
        var operation = answer.Status == HttpStatusCode.OK ? answer.Body : await EndAsync(answer.Expect(HttpStatusCode.Accepted).Body);
        Assert.Equal("succeeded", operation.Text("state"));
        return operation;
    }

    /// <summary>Follows an operation to its end, as Nova's driver does.</summary>
    public async Task<JsonNode> EndAsync(JsonNode operation)
    {
        while (operation.Text("state") == "running")
        {
            operation = (await GetAsync($"{operation.Text("href")}?revision={operation["revision"]}&wait=20"))
                .Expect(HttpStatusCode.OK).Body;
        }

        return operation;
    }

    public async Task<JsonNode> InstanceAsync(string id) => (await GetAsync($"/v1/instances/{id}")).Expect(HttpStatusCode.OK).Body;

    /// <summary>Waits until an instance is in a phase and rests.</summary>
    public Task<JsonNode> RestsAsync(string id, string phase) => Eventually.BecomesAsync(
        () => InstanceAsync(id), view => view.Text("phase") == phase && view["operation"] is null, $"{id} is {phase}");
}

/// <summary>Reads JSON shortly.</summary>
internal static class JsonNodes
{
    public static string? Text(this JsonNode node, string name) => node[name]?.GetValue<string>();

    public static long Number(this JsonNode node, string name) => node[name]!.GetValue<long>();
}
