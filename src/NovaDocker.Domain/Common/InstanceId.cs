using System.Diagnostics.CodeAnalysis;

namespace NovaDocker.Domain.Common;

/// <summary>The id of an instance: Nova's instance UUID. Never used again, also not after deletion.</summary>
/// <param name="Value">The UUID; the empty UUID is no valid id.</param>
public readonly record struct InstanceId(Guid Value)
{
    private const string PersistencePrefix = "instance-";

    /// <summary>The id under which the instance's events lie in the journal: <c>instance-&lt;uuid&gt;</c>.</summary>
    public string PersistenceId => PersistencePrefix + this;

    /// <summary>Reads a UUID in any of the usual notations. False for anything else and for the empty UUID.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out InstanceId id)
    {
        id = Guid.TryParse(text, out var value) ? new InstanceId(value) : default;
        return id.Value != Guid.Empty;
    }

    /// <summary>Reads a UUID.</summary>
    /// <exception cref="FormatException">The text is no UUID.</exception>
    public static InstanceId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not an instance id; a UUID is expected.");

    /// <summary>The UUID in lower case with hyphens, as Nova prints it.</summary>
    public override string ToString() => Value.ToString("D");
}
