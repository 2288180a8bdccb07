using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>
/// The state of an instance as its actor stores it now and then, so that a long journal need not be read from its
/// beginning. It holds nothing that the events do not: lost snapshots cost time only.
/// </summary>
/// <param name="State">The state; its revision is the journal position that it stands for.</param>
public sealed record InstanceSnapshot(InstanceState State) : IWireMessage;
