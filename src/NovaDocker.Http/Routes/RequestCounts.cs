using System.Collections.Concurrent;

namespace NovaDocker.Http.Routes;

/// <summary>How many requests there were, by method, route and status, and how many wait for news. Safe for concurrent use.</summary>
internal sealed class RequestCounts
{
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), long> _counts = new();

    private int _waiting;

    /// <summary>How many wait for news at present.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>One more waits, until the answer is disposed of.</summary>
    public IDisposable Wait()
    {
        Interlocked.Increment(ref _waiting);
        return new Waiter(this);
    }

    /// <summary>Counts one that was answered.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="route">The pattern of its path; not the path itself, of which there is no end.</param>
    /// <param name="status">Its status.</param>
    public void Add(string method, string route, int status) => _counts.AddOrUpdate((method, route, status), 1, (_, count) => count + 1);

    /// <summary>All of them, in a fixed order.</summary>
    public IReadOnlyList<(string Method, string Route, int Status, long Count)> All() =>
    [
        .. _counts.Select(entry => (entry.Key.Method, entry.Key.Route, entry.Key.Status, entry.Value))
            .OrderBy(row => row.Route, StringComparer.Ordinal).ThenBy(row => row.Method, StringComparer.Ordinal).ThenBy(row => row.Status),
    ];

    private sealed class Waiter(RequestCounts counts) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref counts._waiting);
    }
}
