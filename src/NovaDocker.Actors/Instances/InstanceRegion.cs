using Akka.Cluster.Sharding;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Instances;

/// <summary>Key of the sharding region of instances in the actor registry.</summary>
public sealed class InstanceRegion
{
    /// <summary>The region's name.</summary>
    public const string TypeName = "instance";

    /// <summary>
    /// The number of shards. It can never change in a cluster that holds instances: the shard of an instance is
    /// remembered.
    /// </summary>
    public const int Shards = 64;

    private InstanceRegion()
    {
    }
}

/// <summary>Finds the instance that a message is for.</summary>
internal sealed class InstanceMessageExtractor() : HashCodeMessageExtractor(InstanceRegion.Shards)
{
    /// <inheritdoc/>
    public override string? EntityId(object message) => (message as IWithInstanceId)?.InstanceId.ToString();
}
