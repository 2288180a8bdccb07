namespace NovaDocker.Actors.Images.Archives;

/// <summary>Why an archive is refused, as half a sentence; <see cref="DockerArchive"/> completes it with what it read.</summary>
internal sealed class ArchiveRefusedException : Exception
{
    public ArchiveRefusedException(string reason, Exception? inner = null)
        : base(reason, inner)
    {
    }
}
