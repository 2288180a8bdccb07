using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.Images;

/// <summary>Failures of the file system as failures of the image store.</summary>
internal static class StoreErrors
{
    // Where the runtime has no exception of its own, HResult is the number that the Linux call set.
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    /// <summary>True for what the file system throws.</summary>
    public static bool IsFileError(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>The failure to do something with a file.</summary>
    /// <param name="what">What was to be done: <c>write</c>, <c>read</c>, …</param>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the file system threw.</param>
    public static ImageStoreException Cannot(string what, string path, Exception cause) =>
        cause.HResult is NoSpaceLeft or QuotaExceeded
            ? new(FaultCode.NoCapacity, $"The image store cannot {what} {path}: the disk is full. Free space there and try again.", cause)
            : new(FaultCode.Unavailable, $"The image store cannot {what} {path}: {cause.Message}", cause);
}
