using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>
/// Stands between a node and a service: notes the requests, holds one where a test wants it, and can be away, as a service
/// that does not run. It knows a request by its first line, with which a client's piece of data begins.
/// </summary>
public partial class RequestProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int MiddleBytes = 256 * 1024;

    private readonly EndPoint _front;
    private readonly EndPoint _back;
    private readonly ConcurrentQueue<string> _requests = new();
    private CancellationTokenSource? _open;
    private Task _accepting = Task.CompletedTask;
    private HeldRequest? _held;

    /// <summary>A proxy that is away yet.</summary>
    /// <param name="front">Where it listens.</param>
    /// <param name="back">Where the service is.</param>
    public RequestProxy(EndPoint front, EndPoint back) => (_front, _back) = (front, back);

    /// <summary>The first lines of the requests so far, such as <c>POST /v1.41/images/load HTTP/1.1</c>.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Lets the service be there.</summary>
    public void Open()
    {
        _open = new CancellationTokenSource();
        var listener = SocketFor(_front);
        listener.Bind(_front);
        listener.Listen();
        _accepting = AcceptAsync(listener, _open.Token);
    }

    /// <summary>Lets the service be away: connections are cut, and there is no socket.</summary>
    public async Task CloseAsync()
    {
        if (_open is null)
            return;
        await _open.CancelAsync();
        _held?.Cut();
        await _accepting;
        _open.Dispose();
        _open = null;
        if (_front is UnixDomainSocketEndPoint)
            File.Delete(_front.ToString()!);
    }

    /// <summary>Holds the next request whose first line matches.</summary>
    public HeldRequest Hold(string pattern, HoldAt at) => _held = new HeldRequest(pattern, at);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    private static Socket SocketFor(EndPoint place) => place is UnixDomainSocketEndPoint
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    [GeneratedRegex("^(GET|POST|PUT|DELETE|HEAD|PATCH) [^ ]+ HTTP/1.1")]
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
        using var back = SocketFor(_back);
        using (front)
        {
            try
            {
                await back.ConnectAsync(_back, connection.Token);
                var state = new Connection();
                await Task.WhenAny(
                    ForwardAsync(front, back, state, connection.Token), ReturnAsync(back, front, state, connection.Token));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The service is not there: the node sees its connection closed.
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
            state.Forwarded += state.Held is null ? 0 : count;
            if (state.Held is { At: HoldAt.Middle } && state.Forwarded < MiddleBytes)
                continue;
            if (state.Held is { At: HoldAt.Body or HoldAt.Middle or HoldAt.Work } midway)
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
            // The word to go on comes before the body.
            if (state.Held is { } held && !(held.At == HoldAt.Middle && !held.Reached.IsCompleted))
            {
                // An answer to a request that is held elsewhere must not reach the node either.
                if (held.At == HoldAt.AnswerBody)
                    await front.SendAsync(buffer.AsMemory(0, count), cancel);
                if (held.At is HoldAt.Answer or HoldAt.AnswerBody)
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

        /// <summary>Bytes of the request that is held which the service has.</summary>
        public int Forwarded { get; set; }

        public HeldRequest? Held
        {
            get => _held;
            set => _held = value;
        }
    }
}
