using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Testing;

/// <content>Events.</content>
public sealed partial class FakeContainerEngine
{
    private readonly List<ContainerEvent> _history = [];
    private readonly List<Channel<ContainerEvent>> _watchers = [];

    /// <summary>What nobody is told of yet; null where all are told at once.</summary>
    private List<ContainerEvent>? _held;

    /// <summary>How many watch at the moment.</summary>
    public int Watchers
    {
        get
        {
            lock (_gate)
                return _watchers.Count;
        }
    }

    /// <summary>Everything that happened to containers so far, in order, whether anybody was told or not.</summary>
    public ImmutableArray<ContainerEvent> History
    {
        get
        {
            lock (_gate)
                return [.. _history];
        }
    }

    /// <summary>Tells nobody of what happens from now on, until it is released. A new stream still begins with all of it.</summary>
    public void HoldEvents()
    {
        lock (_gate)
            _held ??= [];
    }

    /// <summary>Tells of events again: first of those that were held, as they come out of the ordering.</summary>
    /// <param name="order">Which of them are told, how often and in which order.</param>
    public void ReleaseEvents(Func<IReadOnlyList<ContainerEvent>, IEnumerable<ContainerEvent>> order)
    {
        lock (_gate)
        {
            var held = _held ?? [];
            _held = null;
            foreach (var happened in order(held))
                Tell(happened);
        }
    }

    /// <summary>Ends every stream of events, as a lost connection does.</summary>
    public void DropEventStreams()
    {
        lock (_gate)
        {
            foreach (var watcher in _watchers)
                watcher.Writer.TryComplete(new EngineException(EngineErrorKind.Unavailable, "Watch events: connection lost."));

            _watchers.Clear();
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainerEvent> WatchContainersAsync(
        DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = Channel.CreateUnbounded<ContainerEvent>();
        await CallAsync(
            EngineCall.WatchContainers,
            "",
            () =>
            {
                foreach (var past in _history.Where(e => e.At >= since))
                    watcher.Writer.TryWrite(past);

                _watchers.Add(watcher);
            },
            cancellationToken).ConfigureAwait(false);
        try
        {
            await foreach (var containerEvent in watcher.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return containerEvent;
        }
        finally
        {
            lock (_gate)
                _watchers.Remove(watcher);
        }
    }

    private void Publish(FakeContainer container, string action)
    {
        var happened = new ContainerEvent(container.Id, container.Spec.Labels, action, time.GetUtcNow());
        _history.Add(happened);
        if (_held is { } held)
            held.Add(happened);
        else
            Tell(happened);
    }

    private void Tell(ContainerEvent happened)
    {
        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(happened);
    }
}
