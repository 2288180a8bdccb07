using System.Collections.Immutable;

namespace NovaDocker.Actors.Images.Archives;

/// <summary>What an archive was found to hold: the image that was wanted, and perhaps others.</summary>
/// <param name="ConfigDigest">
/// Digest of the image's configuration, <c>sha256:…</c>, computed from its bytes. It is the id that the image has in an
/// Engine with the classic image store.
/// </param>
/// <param name="RepositoryTags">The names the archive gives the image; empty where it was saved by id.</param>
/// <param name="Layers">How many layers it has.</param>
/// <param name="Entries">How many entries the archive has.</param>
/// <param name="UnpackedBytes">Length of the archive as a plain tar.</param>
public sealed record ArchiveContents(
    string ConfigDigest, ImmutableArray<string> RepositoryTags, int Layers, int Entries, long UnpackedBytes);
