using System.Net;
using System.Net.Sockets;

namespace NovaDocker.Testing.Processes;

/// <summary>
/// A port of this machine's that is kept for one process, over all its lives: the kernel gives it to nobody who asks for any port,
/// while whoever asks for this one may listen there. Until then connections to it are refused.
/// </summary>
public sealed class ReservedPort : IDisposable
{
    // Bound with SO_REUSEADDR, as .NET binds each TCP socket, and without listening: such sockets may share a port.
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Reserves one of the loopback device.</summary>
    public ReservedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>Its number.</summary>
    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
