namespace NovaDocker.Domain.Instances;

/// <summary>
/// An event stands in the journal where it cannot have happened. The instance is not touched until somebody has looked:
/// to skip the event would be to act on a past that is not known.
/// </summary>
public sealed class CorruptJournalException : Exception
{
    internal CorruptJournalException(InstanceState state, InstanceProtocol.InstanceEvent @event)
        : base($"{@event.GetType().Name} cannot follow in phase {state.Phase}: the journal holds an impossible sequence.")
    {
    }
}
