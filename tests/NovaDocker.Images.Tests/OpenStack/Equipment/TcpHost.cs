using System.Net;
using System.Net.Sockets;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>Listens on a port of its own and serves each connection until it is disposed.</summary>
internal abstract class TcpHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;

    protected TcpHost()
    {
        // What a test lets nobody read must not disappear in buffers.
        _listener.Server.ReceiveBufferSize = 64 * 1024;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    /// <summary>Serves a connection, which is closed at the end.</summary>
    protected abstract Task ServeAsync(NetworkStream connection, CancellationToken cancel);

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
                served.Add(ServeSafelyAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeSafelyAsync(Socket socket)
    {
        await using var connection = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await ServeAsync(connection, _stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The other side has gone, or the test is over.
        }
    }
}
