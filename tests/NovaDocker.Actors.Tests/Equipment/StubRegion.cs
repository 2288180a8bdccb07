using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>A region whose instances are what a test lays down.</summary>
internal sealed class StubRegion(IReadOnlyCollection<InstanceView> instances) : UntypedActor
{
    public static Props Props(IReadOnlyCollection<InstanceView> instances) =>
        Akka.Actor.Props.Create(() => new StubRegion(instances));

    /// <summary>An instance whose boot is under way.</summary>
    public static InstanceView Booting(InstanceProtocol.Boot boot) => InstanceView.Of(InstanceDecider.Decide(
        InstanceState.Absent.Instance, boot, new DecisionContext(DateTimeOffset.UnixEpoch, Sample.Ids.Next(), Sample.Policies)).State)!;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GetShardRegionState:
                var ids = instances.Select(view => view.Id.ToString()).ToImmutableHashSet();
                Sender.Tell(new CurrentShardRegionState([new ShardState("1", ids)], []));
                break;
            case InstanceProtocol.GetInstance get:
                Sender.Tell(instances.SingleOrDefault(view => view.Id == get.InstanceId) is { } found
                    ? new InstanceProtocol.InstanceFound(get.InstanceId, found)
                    : new InstanceProtocol.NotFound(get.InstanceId));
                break;
        }
    }
}
