using System.Diagnostics.CodeAnalysis;
using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Options;

/// <summary>
/// The container options of an instance that have no place of their own in its spec, by the names of
/// <see cref="OptionKeys"/>. What is not in here is not set: the image or the Engine decides.
/// </summary>
/// <param name="Values">The values by name.</param>
public sealed record ContainerOptions(EquatableMap<OptionValue> Values)
{
    /// <summary>Nothing set.</summary>
    public static readonly ContainerOptions None = new(EquatableMap<OptionValue>.Empty);

    /// <summary>The value of an option; null where it is not set.</summary>
    public TValue? Get<TValue>(OptionKey<TValue> key)
        where TValue : OptionValue => Values.TryGetValue(key.Name, out var value) ? (TValue)value : null;

    /// <summary>The value of an option; false where it is not set.</summary>
    public bool TryGet<TValue>(OptionKey<TValue> key, [NotNullWhen(true)] out TValue? value)
        where TValue : OptionValue => (value = Get(key)) is not null;

    /// <summary>The options with one more, or with another value of it.</summary>
    public ContainerOptions With<TValue>(OptionKey<TValue> key, TValue value)
        where TValue : OptionValue => new(new EquatableMap<OptionValue>(
            Values.Where(entry => entry.Key != key.Name).Append(KeyValuePair.Create<string, OptionValue>(key.Name, value))));

    /// <summary>The text of an option; null where it is not set.</summary>
    public string? Text(OptionKey<OptionValue.Text> key) => Get(key)?.Value;

    /// <summary>The number of an option; null where it is not set.</summary>
    public long? Number(OptionKey<OptionValue.Number> key) => Get(key)?.Value;

    /// <summary>True where the option is switched on.</summary>
    public bool IsOn(OptionKey<OptionValue.Switch> key) => Get(key) is { Value: true };

    /// <summary>The words of an option; none where it is not set.</summary>
    public EquatableArray<string> Words(OptionKey<OptionValue.Words> key) => Get(key)?.Values ?? [];

    /// <summary>The pairs of an option; none where it is not set.</summary>
    public EquatableMap<string> Pairs(OptionKey<OptionValue.Pairs> key) => Get(key)?.Values ?? EquatableMap<string>.Empty;
}
