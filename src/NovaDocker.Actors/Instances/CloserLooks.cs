using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Instances;

/// <summary>
/// When an instance has its host look closer at its container. What comes in is a hint: it may be older than what was done since,
/// so what it shows is asked for again. One that comes while an operation is under way is judged when that has ended: health that
/// changed meanwhile, say, is told by the Engine only once.
/// </summary>
/// <param name="id">The instance.</param>
/// <param name="hosts">Who looks.</param>
internal sealed class CloserLooks(InstanceId id, IActorRef hosts)
{
    /// <summary>What was seen last during the operation under way; null for nothing.</summary>
    private ContainerSighting? _seen;

    /// <summary>The container that was said to be gone during the operation under way; null for none.</summary>
    private string? _lost;

    /// <summary>Something was seen of the container.</summary>
    public void OnSeen(InstanceState state, ContainerSighting seen)
    {
        if (ContainerDrift.IsNews(state, seen))
            Ask(state);
        else if (state is InstanceState.Working)
            _seen = seen;
    }

    /// <summary>A container is said to be gone while an operation is under way.</summary>
    public void OnLost(string container) => _lost = container;

    /// <summary>Something was stored. What was given up may have been done all the same.</summary>
    public void OnStored(InstanceState state, InstanceProtocol.InstanceEvent last)
    {
        if (last is InstanceProtocol.OperationFailed || IsDue(state))
            Ask(state);
        if (state is not InstanceState.Working)
            (_seen, _lost) = (null, null);
    }

    private bool IsDue(InstanceState state) =>
        state is InstanceState.Resting { Facts: var facts }
        && ((_seen is { } seen && ContainerDrift.IsNews(state, seen)) || (_lost is { } lost && facts.ContainerId == lost));

    private void Ask(InstanceState state)
    {
        if (state is InstanceState.Existing { Facts: { ContainerId: { } container } facts })
        {
            hosts.Tell(new HostProtocol.InspectContainer(facts.Host, id, container, state.Revision)
            {
                LastFinishedAt = facts.LastExit?.FinishedAt,
            });
        }
    }
}
