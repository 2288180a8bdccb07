using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Images;

/// <summary>The image that an instance was booted from, as it was found at that time.</summary>
/// <param name="Id">The image's id in the store.</param>
/// <param name="Name">Its name when the boot was accepted.</param>
public sealed record ResolvedImage(ImageId Id, string Name)
{
    /// <summary>Of its bytes, <c>algorithm:hex</c>; empty in journals that were written before it was kept.</summary>
    public string Checksum { get; init; } = "";

    /// <summary>Its properties when the boot was accepted, as far as they fit into an event.</summary>
    public EquatableMap<string> Properties { get; init; } = EquatableMap<string>.Empty;
}
