using System.Net;
using System.Net.Sockets;
using Docker.DotNet.Handler.Abstractions;
using Microsoft.Extensions.Logging;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Docker;

/// <summary>
/// How a pool's connections are made and kept. Docker.DotNet's own handlers open a connection for every call on a unix
/// socket; this one is the runtime's pooling handler with a socket of our making underneath.
/// </summary>
/// <param name="api">The API version that requests are put under.</param>
/// <param name="maxConnections">Connections at most.</param>
internal sealed class EngineTransport(EngineApi api, int maxConnections) : IDockerHandlerFactory<EngineSettings>
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public ResolvedTransport CreateHandler(ResolvedClientOptions clientOptions, ILogger logger) =>
        throw new NotSupportedException("The settings decide how the Engine is reached, not its address alone.");

    /// <inheritdoc/>
    public Task<WriteClosableStream> HijackStreamAsync(HttpContent content) =>
        throw new NotSupportedException("Attaching to a container is no part of the port.");

    /// <inheritdoc/>
    public ResolvedTransport CreateHandler(
        EngineSettings transportOptions, ResolvedClientOptions clientOptions, ILogger logger)
    {
        var host = transportOptions.Host;
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = maxConnections,
            ConnectTimeout = transportOptions.ConnectTimeout,
            PooledConnectionIdleTimeout = IdleTimeout,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
        };
        switch (host.Scheme)
        {
            case "unix":
                var endPoint = new UnixDomainSocketEndPoint(host.LocalPath);
                handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(endPoint, cancellationToken);
                return new ResolvedTransport(new ApiVersionHandler(api, handler), new Uri("http://engine/"));
            case "tcp" or "https":
                handler.SslOptions = EngineTls.OptionsFor(transportOptions);
                return new ResolvedTransport(new ApiVersionHandler(api, handler), WithScheme(host, Uri.UriSchemeHttps, 2376));
            case "http":
                return new ResolvedTransport(new ApiVersionHandler(api, handler), WithScheme(host, Uri.UriSchemeHttp, 2375));
            default:
                handler.Dispose();
                throw new EngineException(
                    EngineErrorKind.Invalid,
                    $"The Engine's address {host} has no scheme that is known: unix, tcp, https or http.");
        }
    }

    private static Uri WithScheme(Uri host, string scheme, int defaultPort) =>
        new UriBuilder(scheme, host.Host, host.Port > 0 ? host.Port : defaultPort).Uri;

    private static async ValueTask<Stream> ConnectAsync(UnixDomainSocketEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e) when (!File.Exists(endPoint.ToString()))
        {
            // The runtime calls a missing socket an address that cannot be assigned.
            socket.Dispose();
            throw new SocketException((int)e.SocketErrorCode, $"there is no socket {endPoint}; is the Engine running?");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
