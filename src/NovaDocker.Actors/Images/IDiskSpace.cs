using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>How much room file systems of this machine have.</summary>
public interface IDiskSpace
{
    /// <summary>The file system that a directory lies on; null where it cannot be seen from here.</summary>
    DiskUse? Of(string directory);
}

/// <summary>Sees no file system: what it is asked about lies on another machine.</summary>
public sealed class UnseenDiskSpace : IDiskSpace
{
    /// <summary>The one there need be.</summary>
    public static readonly UnseenDiskSpace Instance = new();

    private UnseenDiskSpace()
    {
    }

    /// <inheritdoc/>
    public DiskUse? Of(string directory) => null;
}
