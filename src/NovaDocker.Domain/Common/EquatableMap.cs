using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace NovaDocker.Domain.Common;

/// <summary>
/// An immutable map from text, sorted by ordinal comparison of its keys, that equals another one of equal entries.
/// </summary>
/// <typeparam name="TValue">The values.</typeparam>
public sealed class EquatableMap<TValue> : IReadOnlyDictionary<string, TValue>, IEquatable<EquatableMap<TValue>>
    where TValue : IEquatable<TValue>
{
    /// <summary>The map without entries.</summary>
    public static readonly EquatableMap<TValue> Empty = new([]);

    private readonly ImmutableSortedDictionary<string, TValue> _entries;

    /// <summary>A map of the entries given. A key that comes twice with different values is an <see cref="ArgumentException"/>.</summary>
    public EquatableMap(IEnumerable<KeyValuePair<string, TValue>> entries) =>
        _entries = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, entries);

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _entries.Keys;

    /// <inheritdoc/>
    public IEnumerable<TValue> Values => _entries.Values;

    /// <inheritdoc/>
    public TValue this[string key] => _entries[key];

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value) => _entries.TryGetValue(key, out value);

    /// <inheritdoc/>
    public bool Equals(EquatableMap<TValue>? other) => other is not null && _entries.SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EquatableMap<TValue>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var entry in _entries)
            hash.Add(entry);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() => _entries.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
