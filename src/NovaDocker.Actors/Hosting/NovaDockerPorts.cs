using NovaDocker.Actors.Common;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Secrets;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Actors.Hosting;

/// <summary>What the actors reach the world through.</summary>
/// <param name="Engines">Opens the Engine.</param>
/// <param name="Images">Where images come from and snapshots go to.</param>
/// <param name="Secrets">Seals what must not lie in the journal in clear.</param>
/// <param name="Paths">The file system of this host.</param>
/// <param name="Time">The clock.</param>
/// <param name="Ids">Where new ids come from.</param>
public sealed record NovaDockerPorts(
    IContainerEngineFactory Engines,
    IImageStore Images,
    ISecretBox Secrets,
    IHostDirectories Paths,
    TimeProvider Time,
    IdSource Ids)
{
    /// <summary>The network devices of this host; without them no instance can have a port.</summary>
    public IHostNetwork Network { get; init; } = NoHostNetwork.Instance;

    /// <summary>How much room file systems of this machine have; sees none unless given.</summary>
    public IDiskSpace Disk { get; init; } = UnseenDiskSpace.Instance;
}
