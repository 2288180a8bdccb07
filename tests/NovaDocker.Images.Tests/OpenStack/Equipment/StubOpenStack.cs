using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using NovaDocker.Actors.Images;
using NovaDocker.Adapters.OpenStack.Glance;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>
/// A Keystone and a Glance in one, which answer what a test wants: what the real ones do not show on demand. Unless told,
/// Keystone gives the tokens t1, t2, … and Glance has one image.
/// </summary>
internal sealed class StubOpenStack : TcpHost
{
    public const string Password = "pass-8263";
    public const string ImageId = "6f1c0b5e-8f4a-4f52-9d59-6f1d1a0a7c01";

    private readonly ConcurrentQueue<(HttpHead Head, string Body)> _requests = new();
    private TemporaryDirectory? _secrets;
    private int _tokens;

    /// <summary>What is answered; null answers as usual. The token of a request is its third part.</summary>
    public Func<string, string, string?, string?> Answer { get; set; } = (_, _, _) => null;

    /// <summary>How long a token lives.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The catalogue of services; null for a Glance that is this one, everywhere.</summary>
    public string? Catalogue { get; set; }

    /// <summary>An image's record.</summary>
    public static string Image(string status = "active") =>
        $$"""{"id":"{{ImageId}}","name":"n","status":"{{status}}","visibility":"public","owner":"o","created_at":"2026-01-01T00:00:00Z","container_format":"docker","disk_format":"raw","size":3}""";

    public static string Ok(string body, string status = "200 OK", params string[] headers) => string.Join(
        "\r\n",
        [$"HTTP/1.1 {status}", "Connection: close", $"Content-Length: {Encoding.UTF8.GetByteCount(body)}", .. headers, "", body]);

    /// <summary>The requests so far: method and path.</summary>
    public string[] Requests => [.. _requests.Select(request => string.Join(' ', request.Head.Line.Split(' ')[..2]))];

    /// <summary>The tokens that Glance was asked with, in order.</summary>
    public string[] TokensUsed => [.. _requests.Select(request => request.Head["X-Auth-Token"]).OfType<string>()];

    public int TokensGiven => Volatile.Read(ref _tokens);

    public OpenStackSettings Settings => new()
    {
        AuthUrl = Address,
        Credentials = new OpenStackCredentials.Password("nova", "Default", "service", "Default", SecretFile),
        MaxAttempts = 1,
    };

    public GlanceImageStore Store(TimeProvider? time = null, Func<OpenStackSettings, OpenStackSettings>? change = null) =>
        new((change ?? (settings => settings))(Settings), TestOpenStack.Patience, time ?? TimeProvider.System);

    public string CatalogueOf(string type, string region, string @interface) =>
        $$"""[{"type":"{{type}}","endpoints":[{"interface":"{{@interface}}","region_id":"{{region}}","url":"{{Address}}"}]}]""";

    public void DisposeSecrets() => _secrets?.Dispose();

    private string SecretFile
    {
        get
        {
            var path = (_secrets ??= new TemporaryDirectory()).Combine("password");
            File.WriteAllText(path, Password + "\n");
            return path;
        }
    }

    protected override async Task ServeAsync(NetworkStream connection, CancellationToken cancel)
    {
        var from = PipeReader.Create(connection);
        if (await HttpHead.ReadAsync(from, cancel) is not { } head)
            return;
        var body = await ReadBodyAsync(from, head["Content-Length"], cancel);
        _requests.Enqueue((head, body));
        var parts = head.Line.Split(' ');
        var answer = Answer(parts[0], parts[1], head["X-Auth-Token"]) ?? Usual(parts[0], parts[1]);
        await connection.WriteAsync(Encoding.UTF8.GetBytes(answer), cancel);
        // What says less than it promises says no more until the client goes.
        if (answer.EndsWith(Stalls, StringComparison.Ordinal))
            await from.ReadAsync(cancel);
    }

    /// <summary>The end of an answer after which nothing comes.</summary>
    public const string Stalls = "(stalls)";

    private string Usual(string method, string path) => (method, path) switch
    {
        ("POST", "/v3/auth/tokens") => Ok(
            $$"""{"token":{"issued_at":"{{Time(TimeSpan.Zero)}}","expires_at":"{{Time(TokenLife)}}","catalog":{{Catalogue ?? CatalogueOf("image", "One", "internal")}} } }""",
            "201 Created", $"X-Subject-Token: t{Interlocked.Increment(ref _tokens)}"),
        ("GET", "/v2/images/" + ImageId) => Ok(Image()),
        ("GET", "/v2/images/" + ImageId + "/file") => Ok("abc"),
        _ => Ok("no such thing", "404 Not Found"),
    };

    /// <summary>A time by Keystone's clock, which is far from this machine's.</summary>
    private static string Time(TimeSpan later) =>
        (new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero) + later).UtcDateTime.ToString("o", CultureInfo.InvariantCulture);

    private static async Task<string> ReadBodyAsync(PipeReader from, string? length, CancellationToken cancel)
    {
        if (length is null)
            return "";
        var result = await from.ReadAtLeastAsync(int.Parse(length, CultureInfo.InvariantCulture), cancel);
        var body = Encoding.UTF8.GetString(result.Buffer.ToArray());
        from.AdvanceTo(result.Buffer.End);
        return body;
    }
}
