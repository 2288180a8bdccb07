using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>
/// Stands between a node and the Engine: notes the requests, holds one where a test wants it, and can be away, as an Engine
/// that does not run. It knows a request by its first line, with which a client's piece of data begins.
/// </summary>
public sealed partial class EngineProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("novadocker-e2e-");
    private readonly UnixDomainSocketEndPoint _engine;
    private readonly ConcurrentQueue<string> _requests = new();
    private CancellationTokenSource? _open;
    private Task _accepting = Task.CompletedTask;
    private HeldRequest? _held;

    public EngineProxy(Uri engine) => _engine = new UnixDomainSocketEndPoint(engine.LocalPath);

    public Uri Address => new($"unix://{SocketPath}");

    /// <summary>The first lines of the requests so far, such as <c>POST /v1.41/images/load HTTP/1.1</c>.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    private string SocketPath => Path.Combine(_directory.FullName, "s");

    /// <summary>Lets the Engine be there.</summary>
    public void Open()
    {
        _open = new CancellationTokenSource();
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        listener.Listen();
        _accepting = AcceptAsync(listener, _open.Token);
    }

    /// <summary>Lets the Engine be away: connections are cut, and there is no socket.</summary>
    public async Task CloseAsync()
    {
        if (_open is null)
            return;
        await _open.CancelAsync();
        _held?.Cut();
        await _accepting;
        _open.Dispose();
        _open = null;
        File.Delete(SocketPath);
    }

    /// <summary>Holds the next request whose first line matches.</summary>
    public HeldRequest Hold(string pattern, HoldAt at) => _held = new HeldRequest(pattern, at);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _directory.Delete(recursive: true);
    }

    [GeneratedRegex("^(GET|POST|PUT|DELETE|HEAD) [^ ]+ HTTP/1.1")]
    private static partial Regex RequestLine();

    private async Task AcceptAsync(Socket listener, CancellationToken cancel)
    {
        var passing = new List<Task>();
        using (listener)
        {
            try
            {
                while (true)
                    passing.Add(PassAsync(await listener.AcceptAsync(cancel), cancel));
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(passing);
            }
        }
    }

    private async Task PassAsync(Socket front, CancellationToken cancel)
    {
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var back = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (front)
        {
            try
            {
                await back.ConnectAsync(_engine, connection.Token);
                var state = new Connection();
                await Task.WhenAny(
                    ForwardAsync(front, back, state, connection.Token), ReturnAsync(back, front, state, connection.Token));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The Engine is not there: the node sees its connection closed.
            }

            await connection.CancelAsync();
        }
    }

    private async Task ForwardAsync(Socket front, Socket back, Connection state, CancellationToken cancel)
    {
        var buffer = new byte[BufferBytes];
        while (await ReceiveAsync(front, buffer, cancel) is > 0 and var count)
        {
            var match = RequestLine().Match(Encoding.ASCII.GetString(buffer, 0, Math.Min(count, 1024)));
            if (match.Success)
            {
                _requests.Enqueue(match.Value);
                if (_held is { } held && held.Takes(match.Value))
                    state.Held = held;
            }

            if (state.Held is { At: HoldAt.Request } before)
            {
                await before.HoldAsync();
                return;
            }

            await back.SendAsync(buffer.AsMemory(0, count), cancel);
            if (state.Held is { At: HoldAt.Body or HoldAt.Work } midway)
            {
                await midway.HoldAsync();
                return;
            }
        }
    }

    private static async Task ReturnAsync(Socket back, Socket front, Connection state, CancellationToken cancel)
    {
        var buffer = new byte[BufferBytes];
        while (await ReceiveAsync(back, buffer, cancel) is > 0 and var count)
        {
            if (state.Held is { } held)
            {
                // An answer to a request that is held elsewhere must not reach the node either.
                if (held.At == HoldAt.Answer)
                    await held.HoldAsync();
                else
                    await Task.Delay(Timeout.Infinite, cancel);
                return;
            }

            await front.SendAsync(buffer.AsMemory(0, count), cancel);
        }
    }

    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer, CancellationToken cancel)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, cancel);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return 0;
        }
    }

    private sealed class Connection
    {
        private volatile HeldRequest? _held;

        public HeldRequest? Held
        {
            get => _held;
            set => _held = value;
        }
    }
}
