using System.Runtime.CompilerServices;
using Docker.DotNet;
using Docker.DotNet.Models;
using NovaDocker.Actors.Docker;
using Version = System.Version;

namespace NovaDocker.Adapters.Docker;

/// <summary>
/// A Docker Engine spoken to over its HTTP API. Control calls, long calls, consoles and events have connections of their own, so
/// that neither a commit that takes an hour nor a console of many megabytes holds anybody up.
/// </summary>
internal sealed partial class DockerContainerEngine : IContainerEngine
{
    private readonly EngineApi _api = new();
    private readonly EngineSettings _settings;
    private readonly TimeProvider _time;
    private readonly EnginePool _control;
    private readonly EnginePool _long;
    private readonly EnginePool _console;
    private readonly EnginePool _events;
    private readonly Lock _gate = new();
    private Task? _negotiation;

    /// <summary>Makes one. Nothing is sent before the first call.</summary>
    /// <param name="settings">How the Engine is reached.</param>
    /// <param name="time">The clock of deadlines.</param>
    public DockerContainerEngine(EngineSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _control = new EnginePool(settings, _api, settings.MaxControlConnections, settings.ControlTimeout, time);
        _long = new EnginePool(settings, _api, settings.MaxLongConnections, Timeout.InfiniteTimeSpan, time);
        _console = new EnginePool(settings, _api, settings.MaxControlConnections, settings.ControlTimeout, time);
        _events = new EnginePool(settings, _api, slots: null, Timeout.InfiniteTimeSpan, time);
    }

    /// <inheritdoc/>
    public async Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken)
    {
        // The Engine may have been upgraded since: agree anew.
        var version = await NegotiateAsync(cancellationToken).ConfigureAwait(false);
        var info = await _control.CallAsync(
            "Read the Engine's information",
            (client, token) => client.System.GetSystemInfoAsync(token),
            cancellationToken).ConfigureAwait(false);
        return new EngineInfo(
            info.ID,
            version.Engine,
            version.Api.ToString(),
            checked((int)info.NCPU),
            info.MemTotal,
            info.Architecture)
        {
            OperatingSystem = info.OSType,
            RootDirectory = info.DockerRootDir ?? "",
        };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainerEvent> WatchContainersAsync(
        DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await AgreeAsync(cancellationToken).ConfigureAwait(false);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = new EventQueue();
        var pump = PumpEventsAsync(since, queue, end.Token);
        try
        {
            await foreach (var containerEvent in queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return containerEvent;
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _control.Dispose();
        _long.Dispose();
        _console.Dispose();
        _events.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads events into the queue until the connection ends, and completes the queue with the reason. Never fails.</summary>
    private async Task PumpEventsAsync(DateTimeOffset since, EventQueue queue, CancellationToken cancellationToken)
    {
        const string What = "Watch the Engine's events";
        var parameters = new ContainerEventsParameters
        {
            Since = EngineMapping.ToSince(since),
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["type"] = new Dictionary<string, bool> { ["container"] = true },
            },
        };
        try
        {
            await _events.CallAsync(
                What,
                (client, token) => client.System.MonitorEventsAsync(parameters, queue, token),
                cancellationToken).ConfigureAwait(false);
            queue.Complete(new EngineException(EngineErrorKind.Unavailable, $"{What}: the Engine ended the stream."));
        }
        catch (Exception e)
        {
            queue.Complete(e);
        }
    }

    private async Task<T> ControlAsync<T>(
        string what, Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await AgreeAsync(cancellationToken).ConfigureAwait(false);
        return await _control.CallAsync(what, call, cancellationToken).ConfigureAwait(false);
    }

    private async Task ControlAsync(
        string what, Func<DockerClient, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        await AgreeAsync(cancellationToken).ConfigureAwait(false);
        await _control.CallAsync(what, call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Sees to it that an API version is agreed on. Callers who come at once share one question; one who gives up does
    /// not take it from the others; one that failed is asked again by the next caller.
    /// </summary>
    private Task AgreeAsync(CancellationToken cancellationToken)
    {
        if (_api.Spoken is not null)
            return Task.CompletedTask;

        lock (_gate)
        {
            if (_negotiation is null or { IsCompleted: true })
                _negotiation = NegotiateAsync(CancellationToken.None);

            return _negotiation.WaitAsync(cancellationToken);
        }
    }

    private async Task<(string Engine, Version Api)> NegotiateAsync(CancellationToken cancellationToken)
    {
        var version = await _control.CallAsync(
            "Read the Engine's version",
            (client, token) => client.System.GetVersionAsync(token),
            cancellationToken).ConfigureAwait(false);
        return (version.Version ?? "", _api.Agree(version));
    }
}
