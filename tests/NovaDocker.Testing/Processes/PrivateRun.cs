using System.Diagnostics;
using System.Net.Sockets;

namespace NovaDocker.Testing.Processes;

/// <summary>
/// A mount namespace in which <c>/run</c>, and with it <c>/var/run</c>, is a directory of the test's: what lies there on the
/// machine is neither seen nor touched by programs that run in it. Needs root.
/// </summary>
public sealed class PrivateRun : IAsyncDisposable
{
    private readonly Process _holder;
    private readonly Socket _socket;

    private PrivateRun(Process holder, Socket socket) => (_holder, _socket) = (holder, socket);

    /// <summary>The program that runs another one in it, with its arguments.</summary>
    public IReadOnlyList<string> Enter => ["nsenter", $"--target={_holder.Id}", "--mount", "--"];

    /// <summary>Makes one.</summary>
    /// <param name="directory">What <c>/run</c> is in there; is made, and gets a socket <c>docker.sock</c> that nobody answers at.</param>
    public static async Task<PrivateRun> StartAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(directory, "docker.sock")));
        socket.Listen();
        var holder = Process.Start(new ProcessStartInfo("unshare",
        [
            "--mount", "--propagation", "private", "--", "sh", "-c", "mount --bind \"$1\" /run && echo ready && exec sleep infinity",
            "sh", directory,
        ]) { RedirectStandardOutput = true })!;
        return await holder.StandardOutput.ReadLineAsync().ConfigureAwait(false) == "ready"
            ? new PrivateRun(holder, socket)
            : throw new InvalidOperationException($"No mount namespace with {directory} at /run could be made; that needs root.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _holder.Kill();
        await _holder.WaitForExitAsync().ConfigureAwait(false);
        _holder.Dispose();
    }
}
