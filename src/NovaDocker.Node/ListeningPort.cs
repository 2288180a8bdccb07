using System.Net;
using System.Net.Sockets;
using NovaDocker.Actors.Hosting;

namespace NovaDocker.Node;

/// <summary>
/// Whether the node will be able to listen. Tried before anything starts: Akka finds out late, and says it in stack traces.
/// </summary>
internal static class ListeningPort
{
    /// <summary>Why it cannot; null where it can.</summary>
    public static async Task<string?> ProblemAsync(RemotingSettings remoting, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(remoting.Hostname, cancellationToken).ConfigureAwait(false);
            using var socket = new Socket(addresses[0].AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(addresses[0], remoting.Port));
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    }
}
