using System.Globalization;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>
/// The file system that the Engine keeps its images on, and whether an image still fits. What is being loaded counts as if it
/// were there in full. Where the file system cannot be seen, everything fits, and the Engine has the last word.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class EngineDisk(IDiskSpace space, int reserveMb)
{
    private const long MiB = 1024 * 1024;
    private const long GiB = 1024 * MiB;

    private readonly Lock _gate = new();
    private long _underWay;
    private volatile IContainerEngine? _engine;

    /// <summary>From now on it is this Engine's.</summary>
    public void Open(IContainerEngine engine) => _engine = engine;

    /// <summary>How full it is; null where it cannot be seen.</summary>
    public async Task<DiskUse?> LookAsync(CancellationToken cancellationToken)
    {
        if (_engine is not { } engine || space == UnseenDiskSpace.Instance)
            return null;
        var info = await engine.GetInfoAsync(cancellationToken).ConfigureAwait(false);
        return info.RootDirectory.Length > 0 ? space.Of(info.RootDirectory) : null;
    }

    /// <summary>Sets room aside for an image until the answer is disposed of.</summary>
    /// <exception cref="ImageStoreException">NoCapacity: it does not fit.</exception>
    public async Task<IDisposable> TakeAsync(ImageDescription image, CancellationToken cancellationToken)
    {
        var bytes = Math.Max(image.SizeBytes, image.MinDiskGb * GiB);
        var disk = await LookAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (disk is not null && Shortage(image, bytes, disk) is { } shortage)
                throw new ImageStoreException(FaultCode.NoCapacity, shortage);
            _underWay += bytes;
            return new Room(this, bytes);
        }
    }

    private string? Shortage(ImageDescription image, long bytes, DiskUse disk)
    {
        var reserve = reserveMb * MiB;
        if (bytes + _underWay + reserve <= disk.FreeBytes)
            return null;
        var others = _underWay > 0 ? $", {Show(_underWay)} for images under way" : "";
        var kept = reserve > 0 ? $", and {Show(reserve)} to be kept free (novadocker.images.disk-reserve-mb)" : "";
        return $"Image {image.Id} ('{image.Name}') needs {Show(bytes)}{others}{kept}; the Engine's file system at {disk.Path} has "
            + $"{Show(disk.FreeBytes)} free. Make room there, for instance by novadocker image-gc.";
    }

    private static string Show(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(bytes + MiB - 1) / MiB} MiB");

    private sealed class Room(EngineDisk disk, long bytes) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) != 0)
                return;
            lock (disk._gate)
                disk._underWay -= bytes;
        }
    }
}
