using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace NovaDocker.Domain.Common;

/// <summary>An immutable list that equals another one of equal elements, so that records holding it compare by value.</summary>
/// <typeparam name="T">The elements.</typeparam>
[CollectionBuilder(typeof(EquatableArray), nameof(EquatableArray.Create))]
public readonly struct EquatableArray<T> : IReadOnlyList<T>, IEquatable<EquatableArray<T>>
    where T : notnull
{
    private readonly ImmutableArray<T> _items;

    internal EquatableArray(ImmutableArray<T> items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.IsDefault ? 0 : _items.Length;

    /// <summary>True where there is no element.</summary>
    public bool IsEmpty => Count == 0;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <summary>The list without its first element.</summary>
    public EquatableArray<T> RemoveFirst() => new(_items.RemoveAt(0));

    /// <summary>The list with one more element at its end.</summary>
    public EquatableArray<T> Add(T item) => new(_items.IsDefault ? [item] : _items.Add(item));

    /// <inheritdoc/>
    public bool Equals(EquatableArray<T> other) => this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in this)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() =>
        ((IEnumerable<T>)(_items.IsDefault ? ImmutableArray<T>.Empty : _items)).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", this)}]";

    /// <summary>Element by element.</summary>
    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    /// <summary>Element by element.</summary>
    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);
}

/// <summary>Makes <see cref="EquatableArray{T}"/>.</summary>
public static class EquatableArray
{
    /// <summary>A list of the elements given; the compiler calls it for <c>[a, b]</c>.</summary>
    public static EquatableArray<T> Create<T>(ReadOnlySpan<T> items)
        where T : notnull => new([.. items]);

    /// <summary>A list of what the sequence yields.</summary>
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items)
        where T : notnull => new([.. items]);
}
