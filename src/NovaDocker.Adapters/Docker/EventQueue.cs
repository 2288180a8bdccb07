using System.Threading.Channels;
using Docker.DotNet.Models;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Docker;

/// <summary>
/// Events between the client that reports them and the reader that takes them. Where the reader falls behind, the oldest
/// are dropped: events are hints, and memory is finite.
/// </summary>
internal sealed class EventQueue : IProgress<Message>
{
    private const int Capacity = 4096;

    private readonly Channel<ContainerEvent> _events = Channel.CreateBounded<ContainerEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Where the events come out.</summary>
    public ChannelReader<ContainerEvent> Reader => _events.Reader;

    /// <inheritdoc/>
    public void Report(Message value)
    {
        if (EngineMapping.ToEvent(value) is { } containerEvent)
            _events.Writer.TryWrite(containerEvent);
    }

    /// <summary>No more events come.</summary>
    /// <param name="error">Why; the reader gets it after the last event.</param>
    public void Complete(Exception error) => _events.Writer.TryComplete(error);
}
