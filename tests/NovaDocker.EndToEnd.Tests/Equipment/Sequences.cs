namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>Sequences that come piece by piece.</summary>
public static class Sequences
{
    /// <summary>All of it.</summary>
    public static async Task<IReadOnlyList<T>> ReadAllAsync<T>(this IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
            all.Add(item);
        return all;
    }
}
