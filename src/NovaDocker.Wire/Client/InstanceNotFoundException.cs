using NovaDocker.Domain.Common;

namespace NovaDocker.Wire.Client;

/// <summary>A question was asked about an instance that does not exist and never did.</summary>
public sealed class InstanceNotFoundException : Exception
{
    /// <summary>Makes one.</summary>
    public InstanceNotFoundException(InstanceId instanceId)
        : base($"There is no instance {instanceId}.") => InstanceId = instanceId;

    /// <summary>The id that nothing goes by.</summary>
    public InstanceId InstanceId { get; }
}
