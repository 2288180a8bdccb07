using NovaDocker.Actors.Images;
using NovaDocker.Domain.Images;

namespace NovaDocker.Adapters;

/// <summary>The file systems of this machine.</summary>
public sealed class MachineDiskSpace : IDiskSpace
{
    /// <inheritdoc/>
    public DiskUse? Of(string directory)
    {
        try
        {
            var drive = new DriveInfo(directory);

            // What is kept back for root does not count as free, although the Engine could take it.
            return new DiskUse(directory, drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
