using System.Net.Sockets;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>Passes bytes between its own unix socket and another, and counts the connections.</summary>
internal sealed class CountingProxy : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("novadocker-proxy-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly UnixDomainSocketEndPoint _behind;
    private readonly Task _accepting;
    private int _connections;

    public CountingProxy(Uri behind)
    {
        _behind = new UnixDomainSocketEndPoint(behind.LocalPath);
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>Connections it has accepted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public Uri Address => new($"unix://{SocketPath}");

    private string SocketPath => Path.Combine(_directory.FullName, "s");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _directory.Delete(recursive: true);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                passing.Add(PassAsync(connection));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(Socket front)
    {
        try
        {
            var back = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await back.ConnectAsync(_behind, _end.Token);
            await using var frontStream = new NetworkStream(front, ownsSocket: true);
            await using var backStream = new NetworkStream(back, ownsSocket: true);
            await Task.WhenAny(
                frontStream.CopyToAsync(backStream, _end.Token), backStream.CopyToAsync(frontStream, _end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            front.Dispose();
        }
    }
}
