using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Testing;

/// <content>Events.</content>
public sealed partial class FakeContainerEngine
{
    private readonly List<ContainerEvent> _history = [];
    private readonly List<Channel<ContainerEvent>> _watchers = [];

    /// <summary>How many watch at the moment.</summary>
    public int Watchers
    {
        get
        {
            lock (_gate)
                return _watchers.Count;
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
        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(happened);
    }
}
