using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>
/// Reads the value of an option. Returns null where it is not set, and where it has faults, which it has told then.
/// </summary>
internal delegate Found<TValue>? Form<TValue>(Spot spot)
    where TValue : OptionValue;

/// <summary>Reads the value of a key, which may set several options, or none.</summary>
internal delegate IReadOnlyList<Setting> KeyForm(Spot spot);

/// <summary>The value of an option.</summary>
/// <param name="Value">In its canonical form.</param>
/// <param name="Elements">Where each element stands, for lists and pairs.</param>
internal sealed record Found<TValue>(TValue Value, IReadOnlyList<(Mark Mark, string Path)> Elements)
    where TValue : OptionValue
{
    /// <summary>A value without elements.</summary>
    public Found(TValue value)
        : this(value, [])
    {
    }
}

/// <summary>An option with its value.</summary>
internal sealed record Setting(string Option, OptionValue Value, IReadOnlyList<(Mark Mark, string Path)> Elements)
{
    /// <summary>What was found, as a list of settings; none where it is null.</summary>
    public static IReadOnlyList<Setting> Of<TValue>(OptionKey<TValue> option, Found<TValue>? found)
        where TValue : OptionValue => found is null ? [] : [new(option.Name, found.Value, found.Elements)];
}
