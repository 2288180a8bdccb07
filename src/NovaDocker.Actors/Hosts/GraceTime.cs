namespace NovaDocker.Actors.Hosts;

/// <summary>
/// Since when each leftover has been seen without a break, by the clock that nobody sets. Nothing of it is stored: the grace time
/// begins anew with the node.
/// </summary>
/// <param name="length">How long a leftover must have been seen before it is removed.</param>
/// <param name="time">The clock.</param>
internal sealed class GraceTime(TimeSpan length, TimeProvider time)
{
    private readonly Dictionary<string, long> _firstSeen = new(StringComparer.Ordinal);

    /// <summary>Has the time begin for a leftover, unless it has begun.</summary>
    /// <returns>True where it begins now.</returns>
    public bool Begin(string subject) => _firstSeen.TryAdd(subject, time.GetTimestamp());

    /// <summary>Whether the time of a leftover, for which it has begun, is over.</summary>
    public bool IsOver(string subject) => time.GetElapsedTime(_firstSeen[subject]) >= length;

    /// <summary>Forgets what is not there any longer: if it comes again, its time begins anew.</summary>
    /// <param name="present">All leftovers that there are now.</param>
    public void Keep(IEnumerable<string> present)
    {
        foreach (var gone in _firstSeen.Keys.Except(present, StringComparer.Ordinal).ToArray())
            _firstSeen.Remove(gone);
    }
}
