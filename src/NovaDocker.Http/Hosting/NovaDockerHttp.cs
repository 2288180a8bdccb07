using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NovaDocker.Actors.Hosting;
using NovaDocker.Settings;

namespace NovaDocker.Http.Hosting;

/// <summary>Puts the HTTP door of a compute host into a .NET host.</summary>
public static class NovaDockerHttp
{
    /// <summary>
    /// Serves the node's HTTP API on its unix socket as long as the host runs. Call it after <c>AddAkka</c>: the door opens when the
    /// actors are up and know the host, and closes before they stop. Does nothing where the settings turn it off.
    /// </summary>
    /// <param name="services">The services of the host; its actor system is the node's.</param>
    /// <param name="settings">What the operator set.</param>
    /// <exception cref="SettingsException">The socket cannot be made where, or for whom, the settings say.</exception>
    public static IServiceCollection AddNovaDockerHttp(this IServiceCollection services, NovaDockerSettings settings)
    {
        // Before anything starts: a node that is stopped in the middle of its start says so in stack traces.
        DoorSocket.Check(settings);
        return settings.Http is { } http
            ? services.AddHostedService(provider => new HttpDoor(
                http,
                provider.GetRequiredService<ActorSystem>,
                provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
                provider.GetService<TimeProvider>() ?? TimeProvider.System))
            : services;
    }
}
