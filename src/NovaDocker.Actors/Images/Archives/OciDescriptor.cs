namespace NovaDocker.Actors.Images.Archives;

/// <summary>How one part of an OCI layout refers to another.</summary>
/// <param name="MediaType">What the other part is.</param>
/// <param name="Digest">Its digest, <c>sha256:…</c>, by which it is found.</param>
/// <param name="Platform">The platform that it is for; null where it does not say.</param>
/// <param name="Name">The name that it is given; empty for none.</param>
/// <param name="IsNote">True where it says something about an image and is none.</param>
internal sealed record OciDescriptor(string MediaType, string Digest, ImagePlatform? Platform, string Name, bool IsNote)
{
    /// <summary>True for what stands in an index beside the images: where it came from, what it is made of.</summary>
    public bool IsAttestation => IsNote || Platform is { OperatingSystem: "unknown", Architecture: "unknown" };

    /// <summary>Where the other part is in an archive.</summary>
    /// <exception cref="ArchiveRefusedException">The digest is none: it would name something else.</exception>
    public string Path
    {
        get
        {
            var colon = Digest.IndexOf(':', StringComparison.Ordinal);
            var (algorithm, hex) = colon < 0 ? ("", "") : (Digest[..colon], Digest[(colon + 1)..]);
            return algorithm is "sha256" or "sha384" or "sha512" && hex.Length >= 64 && hex.All(char.IsAsciiHexDigitLower)
                ? $"{OciLayout.Blobs}{algorithm}/{hex}"
                : throw new ArchiveRefusedException($"it refers to '{ArchiveNames.Shown(Digest)}', which is no digest");
        }
    }
}
