using NovaDocker.Actors.Images;

namespace NovaDocker.Adapters.OpenStack.Keystone;

/// <summary>
/// The host's own token: asked for when it is first needed, kept in memory alone, and renewed before it expires or when a
/// service no longer takes it.
/// </summary>
/// <remarks>Safe for concurrent use; Keystone is asked by one at a time.</remarks>
internal sealed class TokenSource(KeystoneClient keystone, TimeProvider time) : IDisposable
{
    /// <summary>How long a Keystone that is away is not asked again while the old token is good.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Kept? _kept;

    /// <summary>A token that is good for a while yet.</summary>
    /// <exception cref="ImageStoreException">Keystone gives none.</exception>
    public async Task<KeystoneToken> GetAsync(CancellationToken cancellationToken)
    {
        if (_kept is { } kept && time.GetUtcNow() < kept.Until)
            return kept.Token;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_kept is { } renewed && time.GetUtcNow() < renewed.Until)
                return renewed.Token;
            try
            {
                var token = await keystone.IssueAsync(cancellationToken).ConfigureAwait(false);
                _kept = new Kept(token, token.RenewAt);
                return token;
            }
            catch (ImageStoreException e) when (
                e.ToFault().IsRetryable && _kept is { } old && time.GetUtcNow() < old.Token.ExpiresAt)
            {
                // Keystone is away for the moment; what it gave before is still good.
                var again = time.GetUtcNow() + Pause;
                _kept = old with { Until = again < old.Token.ExpiresAt ? again : old.Token.ExpiresAt };
                return old.Token;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Notes that a service did not take a token: the next that is asked for is another.</summary>
    public void Reject(KeystoneToken token)
    {
        if (_kept is { } kept && kept.Token == token)
            Interlocked.CompareExchange(ref _kept, null, kept);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>A token and until when Keystone is not asked for another.</summary>
    private sealed record Kept(KeystoneToken Token, DateTimeOffset Until);
}
