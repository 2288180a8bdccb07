using System.Diagnostics.CodeAnalysis;

namespace NovaDocker.Domain.Vifs;

/// <summary>The id of a network: Neutron's UUID, or a name that an operator gave one in this host's configuration.</summary>
/// <param name="Value">1 to 64 letters, digits, hyphens, underscores and dots; the first is a letter or a digit.</param>
public readonly record struct NetworkId(string Value)
{
    /// <summary>The longest id, characters.</summary>
    public const int MaxLength = 64;

    private const int DeviceCharacters = 11;

    /// <summary>What the bridge of the network is called where nobody says: <c>brq</c> and 11 characters, as Neutron's linuxbridge agent has it.</summary>
    public string DefaultBridge => "brq" + (Value.Length > DeviceCharacters ? Value[..DeviceCharacters] : Value);

    /// <summary>Reads an id. False for what is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NetworkId id)
    {
        id = new NetworkId(text ?? "");
        return text is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterOrDigit(text[0])
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static NetworkId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException(
            $"'{text}' is not a network id; a UUID, or a name of 1 to {MaxLength} letters, digits, '-', '_' and '.', is expected.");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
