using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Options;

namespace NovaDocker.Testing;

/// <content>What of a container's options can be seen through the port: what is refused because something is not there.</content>
public sealed partial class FakeContainerEngine
{
    private const int PathParts = 3;

    /// <summary>The networks of the Engine: those that it has by itself, unless told.</summary>
    public ISet<string> Networks { get; } = new HashSet<string>(StringComparer.Ordinal) { "", "default", "none", "bridge", "host" };

    private static string NetworkOf(ContainerSpec spec) => spec.Options.Text(OptionKeys.NetworkMode) ?? spec.NetworkMode;

    private void CheckBeforeCreate(ContainerSpec spec)
    {
        var others = spec.Options.Words(OptionKeys.Links)
            .Concat(spec.Options.Words(OptionKeys.VolumesFrom))
            .Select(word => word.Split(':')[0]);
        if (others.FirstOrDefault(other => Find(other) is null) is { } absent)
            throw new EngineException(EngineErrorKind.Invalid, $"Create container {spec.Name}: no such container: {absent}");
        CheckBinds(spec);
    }

    private void CheckBeforeStart(ContainerSpec spec)
    {
        var network = NetworkOf(spec);
        if (FakeContainer.JoinedBy(network) is { } joined)
        {
            var other = Find(joined)
                ?? throw new EngineException(EngineErrorKind.NotFound, $"Start container {spec.Name}: No such container: {joined}");
            if (!other.IsRunning)
            {
                throw new EngineException(
                    EngineErrorKind.Conflict, $"Start container {spec.Name}: cannot join network of a non running container: {joined}");
            }
        }
        else if (!Networks.Contains(network))
            throw new EngineException(EngineErrorKind.NotFound, $"Start container {spec.Name}: network {network} not found");

        if (network == "bridge"
            && spec.Options.Words(OptionKeys.Links).FirstOrDefault(link => !Get(link.Split(':')[0]).IsRunning) is { } link)
        {
            throw new EngineException(
                EngineErrorKind.Transient, $"Start container {spec.Name}: cannot link to a non running container: {link}");
        }

        CheckBinds(spec);
    }

    /// <summary>A source has to be there, on this machine, unless SELinux labels are asked for: then the Engine makes it.</summary>
    private static void CheckBinds(ContainerSpec spec)
    {
        foreach (var parts in spec.Options.Words(OptionKeys.Binds).Select(word => word.Split(':')))
        {
            if (parts.Length == PathParts && !parts[2].Contains('z', StringComparison.OrdinalIgnoreCase) && !Path.Exists(parts[0]))
            {
                throw new EngineException(
                    EngineErrorKind.Invalid, $"Container {spec.Name}: bind source path does not exist: {parts[0]}");
            }
        }
    }
}
