using System.Formats.Tar;
using System.Security.Cryptography;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>
/// Reads <c>docker save</c> archives as they stream by, in bounded memory: to see that one holds exactly one image, and
/// to give that image another tag. Plain or packed with gzip.
/// </summary>
/// <remarks>
/// An archive is refused, as <see cref="FaultCode.Invalid"/> and with the reason, where a path or a link leads out of
/// it, where a name comes twice, where there are special files, too many entries, or a manifest out of size, and where
/// anything that the manifest names is missing.
/// </remarks>
public static class DockerArchive
{
    /// <summary>Entries an archive may have. An image of 127 layers, the Engine's limit, has some 500.</summary>
    public const int MaxEntries = 4096;

    /// <summary>Length of <c>manifest.json</c> in bytes that is still read.</summary>
    public const int MaxManifestBytes = 1024 * 1024;

    /// <summary>Length of an image's configuration in bytes that is still read.</summary>
    public const int MaxConfigurationBytes = 4 * 1024 * 1024;

    private const UnixFileMode PermissionBits = (UnixFileMode)0xFFF;

    private const UnixFileMode ManifestMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Reads the source to its end and says what it holds.</summary>
    /// <param name="subject">What the archive is, for an error message: <c>image … ('name')</c>.</param>
    /// <param name="source">The archive.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <exception cref="ImageStoreException">Invalid: it is not an archive of one image.</exception>
    public static Task<ArchiveContents> InspectAsync(string subject, Stream source, CancellationToken cancellationToken) =>
        ReadAsync(subject, source, null, null, cancellationToken);

    /// <summary>
    /// Copies the archive so that loading the copy gives the image the tag stated and no other: a tag of the archive's
    /// own could be one that a user has given to another image in that Engine.
    /// </summary>
    /// <remarks>
    /// The copy's manifest, without which an Engine loads nothing, is written last of all: after the source was read to
    /// its end, was verified, and was found to hold one image. Where this method throws, the copy has none.
    /// </remarks>
    /// <param name="subject">What the archive is, for an error message: <c>image … ('name')</c>.</param>
    /// <param name="source">The archive.</param>
    /// <param name="destination">Where the copy goes. It is left open.</param>
    /// <param name="repositoryTag">The tag, <c>repository:tag</c>.</param>
    /// <param name="verifySource">Called when the last byte of the source was read; throws where the bytes are wrong.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <exception cref="ImageStoreException">Invalid: it is not an archive of one image.</exception>
    public static async Task<ArchiveContents> RetagAsync(
        string subject,
        Stream source,
        Stream destination,
        string repositoryTag,
        Action verifySource,
        CancellationToken cancellationToken)
    {
        // Not disposed on failure: disposing writes the end of the archive, and a copy without it is plainly unfinished.
        var writer = new TarWriter(destination, TarEntryFormat.Pax, leaveOpen: true);
        var manifest = default(ArchiveManifest);
        var contents = await ReadAsync(subject, source, writer, OnRead, cancellationToken).ConfigureAwait(false);

        var entry = new PaxTarEntry(TarEntryType.RegularFile, ArchiveManifest.EntryName)
        {
            Mode = ManifestMode,
            ModificationTime = DateTimeOffset.UnixEpoch,
            DataStream = new MemoryStream(manifest!.WithTag(repositoryTag)),
        };
        await writer.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
        await writer.DisposeAsync().ConfigureAwait(false);
        return contents;

        void OnRead(ArchiveManifest? found)
        {
            verifySource();
            manifest = found;
        }
    }

    private static async Task<ArchiveContents> ReadAsync(
        string subject,
        Stream source,
        TarWriter? writer,
        Action<ArchiveManifest?>? onRead,
        CancellationToken cancellationToken)
    {
        try
        {
            var index = new ArchiveIndex();
            var input = await ArchiveInput.OpenAsync(source, cancellationToken).ConfigureAwait(false);
            await using (input.ConfigureAwait(false))
            {
                var reader = new TarReader(input, leaveOpen: true);
                await using var closing = reader.ConfigureAwait(false);
                while (await input.NextEntryAsync(reader, index, cancellationToken).ConfigureAwait(false) is { } entry)
                    await TakeAsync(entry, index, writer, cancellationToken).ConfigureAwait(false);

                await input.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            }

            await source.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            onRead?.Invoke(index.Manifest);
            return index.Complete(input.BytesRead);
        }
        catch (Exception e) when (e is ArchiveRefusedException or InvalidDataException)
        {
            throw new ImageStoreException(
                FaultCode.Invalid, $"The archive of {subject} is not a docker save archive of one image: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static async Task TakeAsync(
        TarEntry entry, ArchiveIndex index, TarWriter? writer, CancellationToken cancellationToken)
    {
        var fate = index.Judge(entry, out var name);
        var length = entry.DataStream is null ? 0 : entry.Length;
        using var hash = length <= MaxConfigurationBytes ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var data = new ArchiveEntryData(name, entry.DataStream ?? Stream.Null, length, hash);

        if (fate == EntryFate.Manifest)
            index.Manifest = ArchiveManifest.Parse(await ReadManifestAsync(data, cancellationToken).ConfigureAwait(false));
        else if (fate == EntryFate.Pass && writer is not null)
            await writer.WriteEntryAsync(Copy(entry, name, data), cancellationToken).ConfigureAwait(false);
        else
            await data.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);

        if (fate == EntryFate.Pass && hash is not null)
            index.AddDigest(name, "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task<byte[]> ReadManifestAsync(ArchiveEntryData data, CancellationToken cancellationToken)
    {
        if (data.Length > MaxManifestBytes)
            throw new ArchiveRefusedException($"its manifest.json is longer than {MaxManifestBytes} bytes");
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
