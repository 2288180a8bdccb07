using Docker.DotNet;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Docker;

/// <summary>
/// One kind of call's own connections, its bulkhead and its deadline. A call waits its turn first; the deadline runs
/// from then on, so that a call that timed out was sent, or was about to be.
/// </summary>
internal sealed class EnginePool : IDisposable
{
    private readonly DockerClient _client;
    private readonly SemaphoreSlim? _slots;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _time;

    /// <summary>Makes one; no connection is made yet.</summary>
    /// <param name="settings">How the Engine is reached.</param>
    /// <param name="api">The API version that requests are put under.</param>
    /// <param name="slots">Calls under way at once; null for any number.</param>
    /// <param name="deadline">How long a call may take; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="time">The clock of the deadline.</param>
    public EnginePool(EngineSettings settings, EngineApi api, int? slots, TimeSpan deadline, TimeProvider time)
    {
        _client = new DockerClientBuilder()
            .WithEndpoint(settings.Host)
            .WithTimeout(Timeout.InfiniteTimeSpan)
            .WithTransportOptions(new EngineTransport(api, slots ?? int.MaxValue), settings)
            .Build();
        _slots = slots is { } count ? new SemaphoreSlim(count, count) : null;
        _deadline = deadline;
        _time = time;
    }

    /// <summary>Makes a call when its turn has come.</summary>
    /// <param name="what">What is asked, of which container or image; begins the message of a failure.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the wait and the call.</param>
    /// <exception cref="EngineException">The call failed, or its deadline passed.</exception>
    /// <exception cref="OperationCanceledException">The caller called it off.</exception>
    public async Task<T> CallAsync<T>(
        string what, Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await CallInTurnAsync(what, call, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public Task CallAsync(string what, Func<DockerClient, CancellationToken, Task> call, CancellationToken cancellationToken) =>
        CallAsync(
            what,
            async (client, token) =>
            {
                await call(client, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>Waits for a turn, for a call that outlives its method; <see cref="Leave"/> gives it back.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => _slots?.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Gives back what <see cref="EnterAsync"/> took.</summary>
    public void Leave() => _slots?.Release();

    /// <summary>Makes a call in a turn that is taken already. Throws what <see cref="CallAsync{T}"/> throws.</summary>
    public async Task<T> CallInTurnAsync<T>(
        string what, Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await call(_client, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested)
        {
            throw new EngineException(
                EngineErrorKind.TimedOut,
                $"{what}: no answer in {_deadline.TotalSeconds:0.###} s; whether it was carried out is unknown.",
                e);
        }
        catch (Exception e) when (EngineFailure.Of(what, e) is { } failure && !ReferenceEquals(failure, e))
        {
            throw failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _slots?.Dispose();
    }
}
