using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NovaDocker.Actors.Hosting;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Http.Problems;
using NovaDocker.Http.Routes;
using NovaDocker.Wire.Client;

namespace NovaDocker.Http.Hosting;

/// <summary>The HTTP server of a node: a small web application of its own within the node's process, which asks the node's actors.</summary>
/// <param name="settings">Where it listens.</param>
/// <param name="system">The node's actor system, once that is up.</param>
/// <param name="loggers">Where it logs to.</param>
/// <param name="time">The clock.</param>
internal sealed partial class HttpDoor(HttpSettings settings, Func<ActorSystem> system, ILoggerFactory loggers, TimeProvider time) : IHostedService
{
    /// <summary>The largest body of a request, bytes: a boot with the most files that there may be, in base64, and room to spare.</summary>
    public const long MaxBody = 8 * 1024 * 1024;

    /// <summary>
    /// Where a body that is too big is not even read to its end any more, so that the client is left with a broken connection in
    /// place of an answer.
    /// </summary>
    private const long HopelessBody = 8 * MaxBody;

    /// <summary>How long an actor may take to answer what it can answer at once.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan IdentifyTime = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ListAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Requests under way at a stop get so long to be answered; those that wait for news are answered at once.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private WebApplication? _application;
    private NovaDockerClient? _client;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var actors = system();
        var host = await actors.ActorSelection("/user/host")
            .Ask<HostProtocol.HostIdentified>(new HostProtocol.IdentifyHost(), IdentifyTime, cancellationToken).ConfigureAwait(false);
        _client = NovaDockerClient.Within(actors, AnswerTime);
        await AwaitListingAsync(_client, host.HostId, cancellationToken).ConfigureAwait(false);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, HostedLifetime>();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopTime);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = HopelessBody;
            kestrel.ListenUnixSocket(settings.Socket, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<SocketTransportOptions>(
            transport => transport.CreateBoundListenSocket = _ => DoorSocket.Bind(settings));
        var application = builder.Build();
        var kit = new DoorKit(_client, host.HostId, time, new RequestCounts(), application.Lifetime.ApplicationStopping);
        application.Use(next => new ProblemMiddleware(next, kit.Requests, loggers.CreateLogger<HttpDoor>()).InvokeAsync);
        DoorRoutes.Map(application, kit);
        _application = application;
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until the directory of hosts has the node's own: whoever waits for the door asks for it in the moment that it opens,
    /// and nova-compute ends where it is not there. Where that takes too long, the door opens without it, and says so when asked.
    /// </summary>
    private async Task AwaitListingAsync(NovaDockerClient client, HostId host, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(IdentifyTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            while (!(await client.ListHostsAsync(either.Token).ConfigureAwait(false)).Any(listed => listed.Id == host))
                await Task.Delay(ListAgain, time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            NotListed(loggers.CreateLogger<HttpDoor>(), host, IdentifyTime.TotalSeconds);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The directory of hosts did not have {Host} within {Seconds} s; the HTTP door opens all the same. Has this node joined its cluster?")]
    private static partial void NotListed(ILogger log, HostId host, double seconds);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_application is { } application)
        {
            await application.StopAsync(cancellationToken).ConfigureAwait(false);
            await application.DisposeAsync().ConfigureAwait(false);
        }

        if (_client is { } client)
            await client.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Signals are the outer host's, which starts and stops this one.</summary>
    private sealed class HostedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
