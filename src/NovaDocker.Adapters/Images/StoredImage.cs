using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Adapters.Images;

/// <summary>The metadata of one image as its file in the store's directory holds it.</summary>
internal sealed record StoredImage
{
    /// <summary>The format that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Checksum { get; init; }

    public required long SizeBytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required ImmutableSortedDictionary<string, string> Properties { get; init; }

    public static StoredImage Of(ImageDescription image) => new()
    {
        Format = CurrentFormat,
        Id = image.Id.Value,
        Name = image.Name,
        Checksum = image.Checksum,
        SizeBytes = image.SizeBytes,
        CreatedAt = image.CreatedAt,
        Properties = image.Properties.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    public ImageDescription ToDescription() =>
        new(new ImageId(Id), Name, Checksum, SizeBytes, CreatedAt, new EquatableMap<string>(Properties));
}

/// <summary>The generated reader and writer of <see cref="StoredImage"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(StoredImage))]
internal sealed partial class StoredImageJson : JsonSerializerContext;
