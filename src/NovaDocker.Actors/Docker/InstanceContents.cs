using System.Security.Cryptography;
using System.Text;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Docker;

/// <summary>
/// The files that came with boots and rebuilds: injected files, and those of config drives. They are kept by what they are, so that
/// those of a rebuild lie beside those before it until the container has changed; they go when their instance is deleted.
/// </summary>
/// <param name="directory">Where the directories of the instances lie.</param>
internal sealed class InstanceContents(string directory) : InstanceFiles(directory)
{
    private const UnixFileMode ForAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode ForRoot = UnixFileMode.UserRead;

    private const int DigestLetters = 32;

    /// <summary>The file whose time says when files were last brought for an instance.</summary>
    private const string Mark = "kept";

    /// <summary>Keeps files, and says what the journal is to know of them.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public EquatableArray<InstanceFileRecord> Keep(InstanceId instance, EquatableArray<InstanceFile> files)
    {
        var records = files
            .Select(file => new InstanceFileRecord(
                file.Path, Convert.ToHexStringLower(SHA256.HashData(file.Content.Span)), file.Content.Length))
            .OrderBy(record => record.Path, StringComparer.Ordinal).ToEquatableArray();
        MakeDirectories(Of(instance));
        File.WriteAllText(MarkOf(instance), Mark);
        var content = files.ToDictionary(file => file.Path, file => file.Content, StringComparer.Ordinal);
        foreach (var record in records)
            Write(instance, PlaceOf(record, records), content[record.Path].Span, IsOfDrive(record) ? ForRoot : ForAll);
        return records;
    }

    /// <summary>The binds that bring an instance's files into its container: each by itself, a config drive as a whole.</summary>
    /// <exception cref="IOException">One of them is gone, or is not what it was.</exception>
    public IEnumerable<string> Binds(InstanceId instance, EquatableArray<InstanceFileRecord> records)
    {
        foreach (var record in records)
            Check(instance, record, PlaceOf(record, records));
        var drive = records.Any(IsOfDrive)
            ? new[] { $"{Path.Combine(Of(instance), DriveOf(records))}:{InstanceFile.ConfigDrive}:ro" }
            : [];
        return drive.Concat(records.Where(record => !IsOfDrive(record))
            .Select(record => $"{Path.Combine(Of(instance), PlaceOf(record, records))}:{record.Path}:ro"));
    }

    /// <summary>What is kept here, for whom, and since when.</summary>
    public IReadOnlyList<KeptFiles> Kept() =>
    [
        .. Directories().Select(name => InstanceId.TryParse(name, out var id) ? id : (InstanceId?)null).OfType<InstanceId>()
            .Select(id => new KeptFiles(id, KeptAt(id))),
    ];

    /// <summary>Removes what an instance has here, unless files were brought for it since.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Remove(KeptFiles kept)
    {
        if (KeptAt(kept.Owner) == kept.KeptAt)
            Remove(kept.Owner);
    }

    private DateTimeOffset KeptAt(InstanceId instance) => File.GetLastWriteTimeUtc(MarkOf(instance));

    private string MarkOf(InstanceId instance) => Path.Combine(Of(instance), Mark);

    private void Check(InstanceId instance, InstanceFileRecord record, string place)
    {
        var path = Path.Combine(Of(instance), place);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The file {record.Path} of instance {instance} is no longer at {path}; rebuild the instance.");
        using var stream = File.OpenRead(path);
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) != record.Sha256)
            throw new IOException($"The file {record.Path} of instance {instance}, at {path}, was changed; rebuild the instance.");
    }

    private static bool IsOfDrive(InstanceFileRecord record) =>
        record.Path.StartsWith($"{InstanceFile.ConfigDrive}/", StringComparison.Ordinal);

    private static string PlaceOf(InstanceFileRecord record, EquatableArray<InstanceFileRecord> all) => IsOfDrive(record)
        ? Path.Combine(DriveOf(all), record.Path[(InstanceFile.ConfigDrive.Length + 1)..])
        : $"file-{DigestOf($"{record.Path}\0{record.Sha256}")}";

    private static string DriveOf(EquatableArray<InstanceFileRecord> all) =>
        $"drive-{DigestOf(string.Join('\n', all.Where(IsOfDrive).Select(record => $"{record.Path}\0{record.Sha256}")))}";

    private static string DigestOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestLetters];
}
