using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>
/// Reads the file system of a container, as <c>docker export</c> writes it, as it streams by, in bounded memory. Plain, or
/// packed with gzip or zstd.
/// </summary>
/// <remarks>
/// <para>
/// The files themselves go through byte by byte, whatever they are: devices, pipes, extended attributes and links to
/// anywhere belong to a file system, and the Engine unpacks it with the image's own directory as its root, which nothing
/// in it leads out of. What is looked at are the headers. An archive is refused, as <see cref="FaultCode.Invalid"/> and
/// with the reason, where it is no tar, or cut off, or empty; where an entry, or the target of a hard link, has an absolute
/// path or <c>..</c> in it, which <c>docker export</c> never writes; where there is a kind of entry that an Engine cannot
/// unpack; where there are more than <see cref="MaxEntries"/>; and where it is an archive of <c>docker save</c>.
/// </para>
/// <para>
/// An Engine takes a tar that ends between two entries for a whole one, and an empty one for an empty image: both are seen
/// here alone. What a small archive may swell to is bounded by <see cref="ArchiveSelection.MaxUnpackedBytes"/> alone.
/// </para>
/// </remarks>
public static class RootFileSystemArchive
{
    /// <summary>Entries an archive may have. A whole distribution with its desktop has some 500,000.</summary>
    public const int MaxEntries = 4_000_000;

    /// <summary>Reads the source to its end.</summary>
    /// <param name="subject">What the archive is, for an error message: <c>image … ('name')</c>.</param>
    /// <param name="source">The archive.</param>
    /// <param name="selection">What it may be.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <returns>How many entries it has.</returns>
    /// <exception cref="ImageStoreException">
    /// Invalid: it is no file system. NoCapacity: it is longer than <paramref name="selection"/> allows.
    /// </exception>
    public static Task<int> InspectAsync(
        string subject, Stream source, ArchiveSelection selection, CancellationToken cancellationToken) =>
        CopyAsync(subject, source, Stream.Null, selection, () => { }, cancellationToken);

    /// <summary>Copies the archive, unpacked.</summary>
    /// <remarks>
    /// The zeros that end a tar are written last of all: after the source was read to its end and was verified. Where this
    /// method throws, the copy has no end; it is then for the caller to break off the stream that it went into.
    /// </remarks>
    /// <param name="subject">What the archive is, for an error message: <c>image … ('name')</c>.</param>
    /// <param name="source">The archive.</param>
    /// <param name="destination">Where the copy goes. It is left open.</param>
    /// <param name="selection">What it may be.</param>
    /// <param name="verifySource">Called when the last byte of the source was read; throws where the bytes are wrong.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <returns>How many entries it has.</returns>
    /// <exception cref="ImageStoreException">
    /// Invalid: it is no file system. NoCapacity: it is longer than <paramref name="selection"/> allows.
    /// </exception>
    public static async Task<int> CopyAsync(
        string subject,
        Stream source,
        Stream destination,
        ArchiveSelection selection,
        Action verifySource,
        CancellationToken cancellationToken)
    {
        try
        {
            var input = await ArchiveInput.OpenAsync(source, selection.MaxUnpackedBytes, cancellationToken).ConfigureAwait(false);
            var copy = new TarCopy(input, destination, new RootFileSystemRules());
            await using (input.ConfigureAwait(false))
            {
                await copy.CopyEntriesAsync(cancellationToken).ConfigureAwait(false);
                await input.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            }

            await source.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            verifySource();
            await copy.WriteEndAsync(cancellationToken).ConfigureAwait(false);
            return copy.Entries;
        }
        catch (Exception e) when (ArchiveRefusedException.Of(subject, e) is { } refused)
        {
            throw refused;
        }
    }
}
