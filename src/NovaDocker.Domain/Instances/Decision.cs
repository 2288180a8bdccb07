using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Instances;

/// <summary>What is given to a decision from outside: the core has no clock and no chance of its own.</summary>
/// <param name="Now">The time, UTC.</param>
/// <param name="CommandId">A new id for the message being decided on; ids of events and operations come from it.</param>
/// <param name="Policies">How often steps are tried.</param>
public sealed record DecisionContext(DateTimeOffset Now, Guid CommandId, StepPolicies Policies);

/// <summary>What was decided: facts to store, and the answer to give once they are stored.</summary>
/// <param name="Events">The facts, in order; none where nothing changes.</param>
/// <param name="Reply">The answer; null for news that nobody waits for an answer to.</param>
/// <param name="State">The state after the events.</param>
public sealed record Decision(EquatableArray<InstanceEvent> Events, CommandReply? Reply, InstanceState State);
