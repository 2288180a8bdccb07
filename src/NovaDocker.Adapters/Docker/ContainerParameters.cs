using System.Text.Json;
using Docker.DotNet.Models;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using ContainerSpec = NovaDocker.Actors.Docker.ContainerSpec;

namespace NovaDocker.Adapters.Docker;

/// <summary>
/// A container to be made, as the Engine is asked for it. What the spec's options set takes the place of what the spec
/// says by itself; what neither sets is not sent, and the image or the Engine decides.
/// </summary>
/// <remarks><see cref="HostParameters"/> has the half of it that concerns the host.</remarks>
internal static class ContainerParameters
{
    /// <summary>The parameters of the create call.</summary>
    /// <exception cref="EngineException">Invalid: an option has not the form that the Engine could be asked for.</exception>
    public static CreateContainerParameters Of(ContainerSpec spec)
    {
        try
        {
            return Map(spec);
        }
        catch (Exception e) when (e is FormatException or OverflowException or JsonException)
        {
            throw new EngineException(EngineErrorKind.Invalid, $"Create container {spec.Name}: {e.Message}", e);
        }
    }

    /// <summary>The network mode that holds.</summary>
    internal static string NetworkModeOf(ContainerSpec spec) =>
        spec.Options.Text(OptionKeys.NetworkMode) ?? spec.NetworkMode;

    /// <summary>True for a network that somebody made in the Engine: there containers are known by aliases.</summary>
    internal static bool IsUserDefined(string networkMode) =>
        networkMode is not ("" or "default" or "none" or "bridge" or "host")
        && !networkMode.StartsWith("container:", StringComparison.Ordinal);

    private static CreateContainerParameters Map(ContainerSpec spec)
    {
        var options = spec.Options;
        return new CreateContainerParameters
        {
            Name = spec.Name,
            Image = spec.Image,
            Labels = new Dictionary<string, string>(spec.AllLabels, StringComparer.Ordinal),

            Entrypoint = options.ListOf(OptionKeys.Entrypoint),
            Cmd = spec.Command.IsDefault ? [] : [.. spec.Command],
            Env = [.. spec.Environment.Select(e => $"{e.Key}={e.Value}")],
            User = options.TextOf(OptionKeys.User),
            WorkingDir = options.TextOf(OptionKeys.WorkingDir),
            StopSignal = options.Text(OptionKeys.StopSignal),
            StopTimeout = options.Number(OptionKeys.StopTimeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Healthcheck = spec.HealthCheck is { } check ? ToHealthcheck(check) : null,

            Hostname = options.Text(OptionKeys.Hostname) ?? spec.Hostname,
            NetworkDisabled = spec.IsNetworkDisabled,
            Domainname = options.TextOf(OptionKeys.Domainname),

            Tty = options.IsOn(OptionKeys.Tty),
            OpenStdin = options.IsOn(OptionKeys.OpenStdin),
            StdinOnce = options.IsOn(OptionKeys.StdinOnce),
            AttachStdin = options.IsOn(OptionKeys.AttachStdin),
            AttachStdout = options.IsOn(OptionKeys.AttachStdout),
            AttachStderr = options.IsOn(OptionKeys.AttachStderr),

            Volumes = options.SetOf(OptionKeys.Volumes),
            ExposedPorts = ExposedPortsOf(options),

            HostConfig = HostParameters.Of(spec),
            NetworkingConfig = NetworkingOf(spec),
        };
    }

    /// <summary>What is published is exposed as well.</summary>
    private static Dictionary<string, EmptyStruct> ExposedPortsOf(ContainerOptions options) =>
        options.Words(OptionKeys.ExposedPorts)
            .Concat(options.Words(OptionKeys.PublishedPorts).Select(word => OptionForms.Publish(word).Port))
            .ToSetOrUnset();

    /// <summary>Aliases and links on a network that somebody made; on the Engine's own bridge there are no aliases.</summary>
    private static NetworkingConfig? NetworkingOf(ContainerSpec spec)
    {
        var mode = NetworkModeOf(spec);
        var alias = spec.Options.Text(OptionKeys.Alias);
        var links = spec.Options.Words(OptionKeys.Links);
        if (!IsUserDefined(mode) || (alias is null && links.IsEmpty))
            return null;

        var endpoint = new EndpointSettings
        {
            Aliases = alias is null ? OptionLists.Unset<IList<string>>() : [alias],
            Links = links.ToListOrUnset(),
        };
        return new NetworkingConfig
        {
            EndpointsConfig = new Dictionary<string, EndpointSettings>(StringComparer.Ordinal) { [mode] = endpoint },
        };
    }

    private static HealthcheckConfig ToHealthcheck(HealthCheck check) => new()
    {
        Test = check.Command.IsEmpty ? ["NONE"] : ["CMD", .. check.Command],
        Interval = check.Interval,
        Timeout = check.Timeout,
        StartPeriod = check.StartPeriod,
        Retries = check.Retries,
    };
}
