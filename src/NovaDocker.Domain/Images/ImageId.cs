using System.Diagnostics.CodeAnalysis;

namespace NovaDocker.Domain.Images;

/// <summary>The id of an image in the image store: Glance's image UUID.</summary>
/// <param name="Value">The UUID.</param>
public readonly record struct ImageId(Guid Value)
{
    /// <summary>Reads a UUID in any of the usual notations. False for anything else and for the empty UUID.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ImageId id)
    {
        id = Guid.TryParse(text, out var value) ? new ImageId(value) : default;
        return id.Value != Guid.Empty;
    }

    /// <summary>The UUID in lower case with hyphens, as Glance prints it.</summary>
    public override string ToString() => Value.ToString("D");
}
