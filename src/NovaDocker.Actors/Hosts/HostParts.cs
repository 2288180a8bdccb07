using Akka.Actor;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Hosts;

/// <summary>What a host is made of.</summary>
/// <param name="Docker">Its supervisor of the Engine.</param>
/// <param name="Images">Its supervisor of images.</param>
/// <param name="Networks">Its supervisor of networks.</param>
/// <param name="Settler">Settles boots by its policy.</param>
/// <param name="Contents">The files that came with boots.</param>
/// <param name="FindLiving">Finds the instances that live, by the journal.</param>
internal sealed record HostParts(
    Props Docker,
    Props Images,
    Props Networks,
    BootSettler Settler,
    InstanceContents Contents,
    Func<Task<IReadOnlyCollection<InstanceId>>> FindLiving)
{
    /// <summary>What is told of beside them.</summary>
    public HostSurroundings Surroundings { get; init; } = HostSurroundings.Unseen;
}

/// <summary>What a host is asked about that is none of its parts.</summary>
/// <param name="Disk">The file systems of its machine.</param>
/// <param name="DiskReservedMb">What is kept free on the Engine's, MiB.</param>
/// <param name="JournalProblem">Why nothing can be stored at present; null where it can.</param>
internal sealed record HostSurroundings(IDiskSpace Disk, int DiskReservedMb, Func<string?> JournalProblem)
{
    /// <summary>Nothing can be seen of it.</summary>
    public static readonly HostSurroundings Unseen = new(UnseenDiskSpace.Instance, 0, () => null);
}
