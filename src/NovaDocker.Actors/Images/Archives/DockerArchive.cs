using System.Formats.Tar;
using System.Security.Cryptography;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>
/// Reads archives of images as they stream by, in bounded memory: to find the image that is wanted, and to give that one
/// another tag. In the layout of <c>docker save</c>, or in that of OCI; plain, or packed with gzip or zstd.
/// </summary>
/// <remarks>
/// <para>
/// An archive may hold several images: its name in the image store chooses, and for an image of several platforms the
/// platform does. Where there is a <c>manifest.json</c> it counts, as it does for an Engine; else <c>index.json</c> does.
/// The parts of images that are not wanted go through as well, since what is wanted is known at the end only; an Engine
/// takes nothing that the manifest does not name.
/// </para>
/// <para>
/// An archive is refused, as <see cref="FaultCode.Invalid"/> and with the reason, where a path or a link leads out of
/// it, where a name comes twice, is too long or too deep, where there are special files, too many entries, or a manifest
/// out of size, where the end is missing, and where anything that belongs to the image is.
/// </para>
/// <para>
/// What a small archive may swell to is bounded by <see cref="ArchiveSelection.MaxUnpackedBytes"/> alone. Layers that are
/// packed themselves stay so: it is the Engine that unpacks them.
/// </para>
/// </remarks>
public static class DockerArchive
{
    /// <summary>Entries an archive may have. An image of 127 layers, the Engine's limit, has some 500.</summary>
    public const int MaxEntries = 4096;

    /// <summary>Length in bytes of <c>manifest.json</c>, or of <c>index.json</c>, that is still read.</summary>
    public const int MaxManifestBytes = 1024 * 1024;

    /// <summary>Length of an image's configuration in bytes that is still read.</summary>
    public const int MaxConfigurationBytes = 4 * 1024 * 1024;

    private const UnixFileMode PermissionBits = (UnixFileMode)0xFFF;

    private const UnixFileMode ManifestMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Reads the source to its end and says what it holds.</summary>
    /// <param name="subject">What the archive is, for an error message: <c>image … ('name')</c>.</param>
    /// <param name="source">The archive.</param>
    /// <param name="selection">Which image is wanted.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <exception cref="ImageStoreException">
    /// Invalid: it holds no such image. NoCapacity: it is longer than <paramref name="selection"/> allows.
    /// </exception>
    public static async Task<ArchiveContents> InspectAsync(
        string subject, Stream source, ArchiveSelection selection, CancellationToken cancellationToken)
    {
        var (contents, _) = await ReadAsync(subject, source, null, selection, () => { }, cancellationToken).ConfigureAwait(false);
        return contents;
    }

    /// <summary>
    /// Copies the archive so that loading the copy gives the wanted image the tag stated and no other: a tag of the
    /// archive's own could be one that a user has given to another image in that Engine.
    /// </summary>
    /// <remarks>
    /// The copy's manifest, without which an Engine loads nothing, is written last of all: after the source was read to
    /// its end, was verified, and was found to hold the image. Where this method throws, the copy has none.
    /// </remarks>
    /// <param name="subject">What the archive is, for an error message: <c>image … ('name')</c>.</param>
    /// <param name="source">The archive.</param>
    /// <param name="destination">Where the copy goes. It is left open.</param>
    /// <param name="repositoryTag">The tag, <c>repository:tag</c>.</param>
    /// <param name="selection">Which image is wanted.</param>
    /// <param name="verifySource">Called when the last byte of the source was read; throws where the bytes are wrong.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <exception cref="ImageStoreException">
    /// Invalid: it holds no such image. NoCapacity: it is longer than <paramref name="selection"/> allows.
    /// </exception>
    public static async Task<ArchiveContents> RetagAsync(
        string subject,
        Stream source,
        Stream destination,
        string repositoryTag,
        ArchiveSelection selection,
        Action verifySource,
        CancellationToken cancellationToken)
    {
        // Not disposed on failure: disposing writes the end of the archive, and a copy without it is plainly unfinished.
        var writer = new TarWriter(destination, TarEntryFormat.Pax, leaveOpen: true);
        var (contents, image) = await ReadAsync(subject, source, writer, selection, verifySource, cancellationToken)
            .ConfigureAwait(false);

        var entry = new PaxTarEntry(TarEntryType.RegularFile, ArchiveManifest.EntryName)
        {
            Mode = ManifestMode,
            ModificationTime = DateTimeOffset.UnixEpoch,
            DataStream = new MemoryStream(image.ToManifest(repositoryTag)),
        };
        await writer.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
        await writer.DisposeAsync().ConfigureAwait(false);
        return contents;
    }

    private static async Task<(ArchiveContents Contents, ArchivedImage Image)> ReadAsync(
        string subject,
        Stream source,
        TarWriter? writer,
        ArchiveSelection selection,
        Action verifySource,
        CancellationToken cancellationToken)
    {
        try
        {
            var index = new ArchiveIndex();
            var input = await ArchiveInput.OpenAsync(source, selection.MaxUnpackedBytes, cancellationToken).ConfigureAwait(false);
            await using (input.ConfigureAwait(false))
            {
                var reader = new TarReader(input, leaveOpen: true);
                await using var closing = reader.ConfigureAwait(false);
                while (await input.NextEntryAsync(reader, index, cancellationToken).ConfigureAwait(false) is { } entry)
                    await TakeAsync(entry, index, writer, cancellationToken).ConfigureAwait(false);

                await input.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            }

            await source.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            verifySource();
            if (index.Count > 0 && !input.SawEnd)
            {
                throw new ArchiveRefusedException(
                    $"it is cut off after {index.Count} entries: the zeros that end a tar are missing");
            }

            var image = index.Choose(selection, out var configDigest);
            return (new ArchiveContents(configDigest, image.Names, image.Layers.Length, index.Count, input.BytesRead), image);
        }
        catch (Exception e) when (ArchiveRefusedException.Of(subject, e) is { } refused)
        {
            throw refused;
        }
    }

    private static async Task TakeAsync(
        TarEntry entry, ArchiveIndex index, TarWriter? writer, CancellationToken cancellationToken)
    {
        var fate = index.Judge(entry, out var name);
        var length = entry.DataStream is null ? 0 : entry.Length;
        using var hash = length <= MaxConfigurationBytes ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var data = new ArchiveEntryData(
            name, entry.DataStream ?? Stream.Null, length, hash, fate == EntryFate.Pass && OciLayout.MayBePart(name, length));

        if (fate == EntryFate.Read)
            index.Read(name, await ReadWholeAsync(name, data, cancellationToken).ConfigureAwait(false));
        else if (fate == EntryFate.Pass && writer is not null)
            await writer.WriteEntryAsync(Copy(entry, name, data), cancellationToken).ConfigureAwait(false);
        else
            await data.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);

        if (fate == EntryFate.Pass)
            index.Learn(name, hash is null ? null : "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()), data);
    }

    private static async Task<byte[]> ReadWholeAsync(string name, ArchiveEntryData data, CancellationToken cancellationToken)
    {
        if (data.Length > MaxManifestBytes)
            throw new ArchiveRefusedException($"its {name} is longer than {MaxManifestBytes} bytes");
        var json = new byte[data.Length];
        await data.ReadExactlyAsync(json, cancellationToken).ConfigureAwait(false);
        return json;
    }

    private static PaxTarEntry Copy(TarEntry entry, string name, ArchiveEntryData data)
    {
        var type = entry.EntryType == TarEntryType.V7RegularFile ? TarEntryType.RegularFile : entry.EntryType;
        var copy = new PaxTarEntry(type, type == TarEntryType.Directory ? name + "/" : name)
        {
            Mode = entry.Mode & PermissionBits,
            ModificationTime = entry.ModificationTime < DateTimeOffset.UnixEpoch
                ? DateTimeOffset.UnixEpoch
                : entry.ModificationTime,
        };
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            copy.LinkName = entry.LinkName;
        else if (data.Length > 0)
            copy.DataStream = data;
        return copy;
    }
}
