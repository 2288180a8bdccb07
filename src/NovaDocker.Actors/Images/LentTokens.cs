using System.Collections.Concurrent;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images;

/// <summary>
/// Tokens that came with requests, for the steps that follow from those: in memory alone, one an instance, and forgotten
/// after a while, when Keystone would not take them any more either.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class LentTokens(TimeProvider time)
{
    /// <summary>How long one is kept: Keystone's default for the life of a token.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<InstanceId, (RequestToken Token, DateTimeOffset Until)> _tokens = [];

    /// <summary>Takes a token in; null leaves what was lent before.</summary>
    public void Lend(InstanceId instance, RequestToken? token)
    {
        if (token is null)
            return;
        var now = time.GetUtcNow();
        foreach (var old in _tokens.Where(entry => entry.Value.Until <= now))
            _tokens.TryRemove(old);
        _tokens[instance] = (token, now + Kept);
    }

    /// <summary>The token lent for an instance; null where there is none.</summary>
    public RequestToken? Of(InstanceId instance) =>
        _tokens.TryGetValue(instance, out var lent) && lent.Until > time.GetUtcNow() ? lent.Token : null;
}
