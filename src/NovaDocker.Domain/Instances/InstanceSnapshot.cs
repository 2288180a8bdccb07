using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>
/// A state as it is kept beside the journal, so that a start need not replay every event. It can always be made again
/// from the events, and is thrown away where it cannot be read.
/// </summary>
/// <param name="State">The state.</param>
public sealed record InstanceSnapshot(InstanceState State) : IWireMessage;
