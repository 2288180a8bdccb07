using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Images;

/// <summary>What an image store says of one of its images.</summary>
/// <param name="Id">The identity; a name may be shared by several images.</param>
/// <param name="Name">The name given at its creation.</param>
/// <param name="Checksum">Of the stored bytes, as <c>algorithm:hex</c> (<c>sha256:…</c>, <c>sha512:…</c>, <c>md5:…</c>).</param>
/// <param name="SizeBytes">Length of the stored archive.</param>
/// <param name="CreatedAt">When it was stored, UTC.</param>
/// <param name="Properties">Free properties, as Glance's: <c>image_location=snapshot</c>, <c>instance_uuid</c>, …</param>
public sealed record ImageDescription(
    ImageId Id,
    string Name,
    string Checksum,
    long SizeBytes,
    DateTimeOffset CreatedAt,
    EquatableMap<string> Properties);
