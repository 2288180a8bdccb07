using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NovaDocker.Domain.Images;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>Glance as a person asks it, past the code under test; removes in the end what it made.</summary>
internal sealed class GlanceByHand : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly List<ImageId> _made = [];

    private GlanceByHand(HttpClient client) => _client = client;

    /// <summary>As a user, nova unless told.</summary>
    public static async Task<GlanceByHand> LoginAsync(TestOpenStack openStack, string user = "nova")
    {
        var client = new HttpClient { BaseAddress = new Uri(openStack.Glance + "v2/") };
        client.DefaultRequestHeaders.Add("X-Auth-Token", await TokenAsync(openStack, user));
        return new GlanceByHand(client);
    }

    /// <summary>A new token of a user.</summary>
    public static async Task<string> TokenAsync(TestOpenStack openStack, string user)
    {
        var (project, password) = openStack.Login(user);
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri($"{openStack.Keystone}/auth/tokens"), Json(
            $$$"""
            {"auth": {
              "identity": {"methods": ["password"], "password": {
                "user": {"name": "{{{user}}}", "domain": {"name": "Default"}, "password": "{{{password}}}"} } },
              "scope": {"project": {"name": "{{{project}}}", "domain": {"name": "Default"} } } } }
            """));
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues("X-Subject-Token").Single();
    }

    /// <summary>Makes Keystone forget a token.</summary>
    public static async Task RevokeAsync(TestOpenStack openStack, string token)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("X-Auth-Token", token);
        client.DefaultRequestHeaders.Add("X-Subject-Token", token);
        using var answer = await client.DeleteAsync(new Uri($"{openStack.Keystone}/auth/tokens"));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Takes care of an image that is made elsewhere.</summary>
    public ImageId Adopt(ImageId id)
    {
        _made.Add(id);
        return id;
    }

    /// <summary>Makes a record.</summary>
    public async Task<ImageId> CreateAsync(object record)
    {
        using var answer = await _client.PostAsync(new Uri("images", UriKind.Relative), Json(JsonSerializer.Serialize(record)));
        var json = await ReadAsync(answer);
        return Adopt(new ImageId(json.GetProperty("id").GetGuid()));
    }

    /// <summary>Makes a record and fills it.</summary>
    public async Task<ImageId> CreateAsync(object record, byte[] bytes)
    {
        var id = await CreateAsync(record);
        await FillAsync(id, bytes);
        return id;
    }

    public async Task FillAsync(ImageId id, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await _client.PutAsync(new Uri($"images/{id}/file", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Something that is done to an image, such as <c>actions/deactivate</c>.</summary>
    public async Task PostAsync(ImageId id, string path, object? json = null)
    {
        using var answer = await _client.PostAsync(
            new Uri($"images/{id}/{path}", UriKind.Relative), json is null ? null : Json(JsonSerializer.Serialize(json)));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Answers to being made a member of an image.</summary>
    public async Task AnswerAsync(ImageId id, string member, string status)
    {
        using var answer = await _client.PutAsync(
            new Uri($"images/{id}/members/{member}", UriKind.Relative), Json(JsonSerializer.Serialize(new { status })));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The record as Glance has it; null where it has none.</summary>
    public async Task<JsonElement?> FindAsync(ImageId id)
    {
        using var answer = await _client.GetAsync(new Uri($"images/{id}", UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(answer);
    }

    /// <summary>Its status; "absent" where it has no record.</summary>
    public async Task<string> StatusAsync(ImageId id) =>
        (await FindAsync(id))?.GetProperty("status").GetString() ?? "absent";

    public async Task DeleteAsync(ImageId id)
    {
        using var answer = await _client.DeleteAsync(new Uri($"images/{id}", UriKind.Relative));
        if (answer.StatusCode != HttpStatusCode.NotFound)
            answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in _made)
            await DeleteAsync(id);
        _client.Dispose();
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"Glance: {(int)answer.StatusCode} {text}");
        using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
        return json.RootElement.Clone();
    }
}
