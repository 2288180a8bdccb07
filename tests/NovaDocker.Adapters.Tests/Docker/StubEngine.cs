using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>
/// An HTTP server on a unix socket that answers as the test tells it to, byte by byte where need be. It answers
/// <c>/version</c> by itself and does not count it.
/// </summary>
internal sealed class StubEngine : IAsyncDisposable
{
    private readonly string _path;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<string> _requests = [];
    private readonly Func<StubRequest, Task> _answer;
    private readonly Task _accepting;
    private int _connections;

    /// <param name="answer">Answers a request.</param>
    /// <param name="address">Where to listen; a new place unless told.</param>
    public StubEngine(Func<StubRequest, Task> answer, Uri? address = null)
    {
        _answer = answer;
        _path = address?.LocalPath ?? Path.Combine(Directory.CreateTempSubdirectory("novadocker-stub-").FullName, "s");
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>What it answers to <c>/version</c>.</summary>
    public string Version { get; set; } = """{"Version":"20.10.24","ApiVersion":"1.41","MinAPIVersion":"1.12"}""";

    /// <summary>Connections it has accepted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The requests so far, as <c>GET /path</c>, those for the version included.</summary>
    public ImmutableArray<string> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    public Uri Address => new($"unix://{_path}");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(connection));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            while (await ReadHeadAsync(stream) is { } head)
            {
                var words = head.Split(' ', 3);
                var request = new StubRequest(stream, words[0], words[1], head, _end.Token);
                lock (_gate)
                    _requests.Add($"{request.Method} {request.Target}");

                if (request.Target.EndsWith("/version", StringComparison.Ordinal))
                    await request.AnswerAsync(200, Version);
                else
                    await _answer(request);

                if (request.Closed)
                    return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The other side, or the end of the test, closed the connection.
        }
    }

    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
                return null;

            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}

/// <summary>A request as the stub got it: the body, if any, is still to be read.</summary>
internal sealed record StubRequest(Stream Connection, string Method, string Target, string Head, CancellationToken End)
{
    /// <summary>True where the connection is to be closed after the answer.</summary>
    public bool Closed { get; private set; }

    /// <summary>Answers with a status and a JSON body.</summary>
    public Task AnswerAsync(int status, string json) =>
        SendAsync(
            $"HTTP/1.1 {status} Stub\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// <summary>Begins an answer of chunks.</summary>
    public Task BeginChunksAsync() =>
        SendAsync("HTTP/1.1 200 Stub\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");

    /// <summary>Sends a chunk; an empty one ends the answer.</summary>
    public Task ChunkAsync(string text) => SendAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

    /// <summary>Sends text as it stands and closes the connection.</summary>
    public Task SendAndCloseAsync(string text)
    {
        Closed = true;
        return SendAsync(text);
    }

    /// <summary>Never answers.</summary>
    public Task HangAsync() => Task.Delay(Timeout.Infinite, End);

    /// <summary>Reads a body that is one JSON object, with a length or in one chunk.</summary>
    public async Task<JsonNode> ReadJsonAsync()
    {
        var seen = "";
        var block = new byte[8192];
        while (true)
        {
            var read = await Connection.ReadAsync(block, End);
            seen += Encoding.UTF8.GetString(block, 0, read);
            var (from, to) = (seen.IndexOf('{', StringComparison.Ordinal), seen.LastIndexOf('}'));
            if (read == 0)
                throw new IOException("The body broke off.");

            if (to > from && seen.Count(c => c == '{') == seen.Count(c => c == '}'))
                return JsonNode.Parse(seen[from..(to + 1)])!;
        }
    }

    /// <summary>Reads a chunked body to its end.</summary>
    public async Task DrainAsync()
    {
        var seen = "";
        var block = new byte[8192];
        while (!seen.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await Connection.ReadAsync(block, End);
            if (read == 0)
                throw new IOException("The body broke off.");

            seen = (seen + Encoding.Latin1.GetString(block, 0, read))[^Math.Min(5, seen.Length + read)..];
        }
    }

    private async Task SendAsync(string text) => await Connection.WriteAsync(Encoding.UTF8.GetBytes(text), End);
}
