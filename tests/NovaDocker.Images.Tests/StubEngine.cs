using System.Collections.Immutable;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Images.Tests;

/// <summary>The image calls of an Engine: it loads what has a manifest, by the rules of the classic image store.</summary>
internal sealed class StubEngine : IContainerEngine
{
    private const int LongestKept = 64 * 1024;

    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);

    /// <summary>Tags and the ids they stand for.</summary>
    public IReadOnlyDictionary<string, string> Tags => _tags;

    /// <summary>What it says of itself.</summary>
    public EngineInfo Info { get; set; } = new("stub", "20.10.24", "1.41", 1, 1L << 30, "x86_64");

    /// <summary>The file system that was imported last, or its beginning.</summary>
    public byte[] Imported { get; private set; } = [];

    /// <summary>How many loads and imports were begun.</summary>
    public int Loads { get; private set; }

    /// <summary>Does something in the middle of a load, after that many bytes: throws, as an Engine that fails.</summary>
    public (long AfterBytes, Exception Error)? LoadFailure { get; set; }

    /// <summary>What a load of the containerd image store would call the image; null for the classic store.</summary>
    public string? ContainerdId { get; set; }

    /// <summary>Looks at the bytes that go by.</summary>
    public Action<long> OnBytes { get; set; } = _ => { };

    /// <summary>Does something when a load is done: moves a tag, as another client might.</summary>
    public Action AfterLoad { get; set; } = () => { };

    /// <summary>What every image says of its containers.</summary>
    public ContainerOptions Defaults { get; set; } = ContainerOptions.None;

    /// <summary>How often an image was looked at.</summary>
    public int Finds { get; private set; }

    /// <summary>Saves give this.</summary>
    public Func<Stream> Saved { get; set; } = () => throw new EngineException(EngineErrorKind.NotFound, "No such image.");

    public void Tag(string tag, string id) => _tags[tag] = id;

    public Task<EngineImage?> FindImageAsync(string reference, CancellationToken cancellationToken)
    {
        Finds++;
        var id = _tags.TryGetValue(reference, out var tagged) ? tagged : reference;
        return Task.FromResult(Ids.Contains(id) || _tags.ContainsValue(id)
            ? new EngineImage(id, [.. _tags.Where(t => t.Value == id).Select(t => t.Key)], NoLabels, 0) { Defaults = Defaults }
            : null);
    }

    public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

    public async Task LoadImageAsync(Stream archive, CancellationToken cancellationToken)
    {
        Loads++;
        var small = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var counted = new CountingStream(archive, Watch);
        await using var reader = new TarReader(counted, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            var isSmall = entry.Name.EndsWith(".json", StringComparison.Ordinal)
                || (entry.Name.StartsWith("blobs/", StringComparison.Ordinal) && entry.Length < LongestKept);
            var bytes = new byte[isSmall ? entry.Length : 0];
            if (bytes.Length > 0)
                await entry.DataStream!.ReadExactlyAsync(bytes, cancellationToken);
            small[entry.Name] = bytes;
        }

        if (!small.TryGetValue("manifest.json", out var manifest))
            throw new EngineException(EngineErrorKind.Invalid, "open manifest.json: no such file or directory");
        using var json = JsonDocument.Parse(manifest);
        foreach (var image in json.RootElement.EnumerateArray())
        {
            var config = small[image.GetProperty("Config").GetString()!];
            var id = ContainerdId ?? "sha256:" + Convert.ToHexStringLower(SHA256.HashData(config));
            Ids.Add(id);
            foreach (var tag in image.GetProperty("RepoTags").EnumerateArray())
                _tags[tag.GetString()!] = id;
        }

        AfterLoad();
    }

    public async Task<string> ImportImageAsync(Stream fileSystem, ImportSpec spec, CancellationToken cancellationToken)
    {
        Loads++;
        using var counted = new CountingStream(fileSystem, Watch);
        var start = new byte[LongestKept];
        var kept = await counted.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        await counted.CopyToAsync(Stream.Null, cancellationToken);
        Imported = start[..kept];
        var id = ArchiveBuilder.Checksum(Imported);
        Ids.Add(id);
        _tags[$"{spec.Repository}:{spec.Tag}"] = id;
        AfterLoad();
        return id;
    }

    public Task<Stream> SaveImageAsync(string reference, CancellationToken cancellationToken) => Task.FromResult(Saved());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken) => Task.FromResult(Info);

    public Task<ImmutableArray<ContainerSnapshot>> ListContainersAsync(
        IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) => throw NotOfImages();

    public Task<ContainerSnapshot?> FindContainerAsync(string idOrName, CancellationToken cancellationToken) =>
        throw NotOfImages();

    public Task<string> CreateContainerAsync(ContainerSpec spec, CancellationToken cancellationToken) => throw NotOfImages();

    public Task StartContainerAsync(string id, CancellationToken cancellationToken) => throw NotOfImages();

    public Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken) => throw NotOfImages();

    public Task KillContainerAsync(string id, CancellationToken cancellationToken) => throw NotOfImages();

    public Task PauseContainerAsync(string id, CancellationToken cancellationToken) => throw NotOfImages();

    public Task UnpauseContainerAsync(string id, CancellationToken cancellationToken) => throw NotOfImages();

    public Task UpdateContainerAsync(string id, ContainerLimits limits, CancellationToken cancellationToken) => throw NotOfImages();

    public Task CreateVolumeAsync(VolumeSpec spec, CancellationToken cancellationToken) => throw NotOfImages();

    public Task RemoveVolumeAsync(string name, CancellationToken cancellationToken) => throw NotOfImages();

    public Task RemoveContainerAsync(string id, CancellationToken cancellationToken) => throw NotOfImages();

    public Task<ContainerUsage?> ReadUsageAsync(string id, CancellationToken cancellationToken) => throw NotOfImages();

    public Task<ConsoleText> ReadConsoleAsync(
        string id, int lines, int maxBytes, DateTimeOffset? since, CancellationToken cancellationToken) =>
        throw NotOfImages();

    public Task<string> CommitContainerAsync(CommitSpec spec, CancellationToken cancellationToken) => throw NotOfImages();

    public Task<ImmutableArray<EngineImage>> ListImagesAsync(
        IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) => throw NotOfImages();

    public Task RemoveImageAsync(string reference, CancellationToken cancellationToken) => throw NotOfImages();

    public IAsyncEnumerable<ContainerEvent> WatchContainersAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        throw NotOfImages();

    private static ImmutableSortedDictionary<string, string> NoLabels => ImmutableSortedDictionary<string, string>.Empty;

    private static NotSupportedException NotOfImages() => new("Image transfers have no business with containers.");

    private void Watch(long bytes)
    {
        OnBytes(bytes);
        if (LoadFailure is var (after, error) && bytes > after)
            throw error;
    }
}
