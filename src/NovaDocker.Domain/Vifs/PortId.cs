using System.Diagnostics.CodeAnalysis;

namespace NovaDocker.Domain.Vifs;

/// <summary>The id of a port: Neutron's port UUID, or one of our own where there is no Neutron.</summary>
/// <param name="Value">The UUID; the empty UUID is no valid id.</param>
public readonly record struct PortId(Guid Value)
{
    /// <summary>How many characters of an id go into the name of a device: Linux allows 15 in all (IFNAMSIZ).</summary>
    private const int DeviceCharacters = 11;

    /// <summary>What names of devices of this port end in: the first 11 characters of the id, as Nova and Neutron have it.</summary>
    public string Short => ToString()[..DeviceCharacters];

    /// <summary>Reads a UUID in any of the usual notations. False for anything else and for the empty UUID.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PortId id)
    {
        id = Guid.TryParse(text, out var value) ? new PortId(value) : default;
        return id.Value != Guid.Empty;
    }

    /// <summary>Reads a UUID.</summary>
    /// <exception cref="FormatException">The text is no UUID.</exception>
    public static PortId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a port id; a UUID is expected.");

    /// <summary>The UUID in lower case with hyphens, as Neutron prints it.</summary>
    public override string ToString() => Value.ToString("D");
}
