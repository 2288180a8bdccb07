using NovaDocker.Actors.Images;

namespace NovaDocker.Adapters.OpenStack.Keystone;

/// <summary>
/// The host's own token: asked for when it is first needed, kept in memory alone, and renewed before it expires or when a
/// service no longer takes it.
/// </summary>
/// <remarks>Safe for concurrent use; Keystone is asked by one at a time.</remarks>
internal sealed class TokenSource(KeystoneClient keystone, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile KeystoneToken? _token;

    /// <summary>A token that is good for a while yet.</summary>
    /// <exception cref="ImageStoreException">Keystone gives none.</exception>
    public async Task<KeystoneToken> GetAsync(CancellationToken cancellationToken)
    {
        if (_token is { } kept && time.GetUtcNow() < kept.RenewAt)
            return kept;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token is { } renewed && time.GetUtcNow() < renewed.RenewAt)
                return renewed;
            try
            {
                return _token = await keystone.IssueAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ImageStoreException e) when (
                e.ToFault().IsRetryable && _token is { } old && time.GetUtcNow() < old.ExpiresAt)
            {
                // Keystone is away for the moment; what it gave before is still good.
                return old;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Notes that a service did not take a token: the next that is asked for is another.</summary>
    public void Reject(KeystoneToken token) => Interlocked.CompareExchange(ref _token, null, token);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
