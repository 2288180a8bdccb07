using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>
<<<<<<< HEAD
/// A state as it is kept beside the journal, so that a start need not replay every event. It can always be made again
/// from the events, and is thrown away where it cannot be read.
/// </summary>
/// <param name="State">The state.</param>
=======
/// The state of an instance as its actor stores it now and then, so that a long journal need not be read from its
/// beginning. It holds nothing that the events do not: lost snapshots cost time only.
/// </summary>
/// <param name="State">The state; its revision is the journal position that it stands for.</param>
>>>>>>> wire
public sealed record InstanceSnapshot(InstanceState State) : IWireMessage;
