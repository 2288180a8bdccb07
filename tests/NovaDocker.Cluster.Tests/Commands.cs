using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

/// <summary>Commands as a commander sends them.</summary>
internal static class Commands
{
    private static readonly Initiator Tester = new("tester", "project", "test");

    public static ComputeProtocol.BootInstance Boot(
        InstanceId id, string requestId = "req-boot", string image = Machine.ImageName) =>
        new(id, By(requestId), $"i-{id}", image, 8, 1, [], EquatableMap<string>.Empty);

    public static RequestContext By(string requestId) => new(requestId, Tester);

    /// <summary>A verb by a request of its own.</summary>
    public static VerbCommand Of(InstanceVerb verb, InstanceId id) => Of(verb, id, CommanderIds.NewRequestId());

    public static VerbCommand Of(InstanceVerb verb, InstanceId id, string requestId) => verb switch
    {
        InstanceVerb.Delete => new Delete(id, By(requestId)),
        InstanceVerb.Start => new Start(id, By(requestId)),
        InstanceVerb.Stop => new Stop(id, By(requestId)),
        InstanceVerb.SoftReboot => new Reboot(id, By(requestId), Hard: false),
        InstanceVerb.HardReboot => new Reboot(id, By(requestId), Hard: true),
        InstanceVerb.Pause => new Pause(id, By(requestId)),
        InstanceVerb.Unpause => new Unpause(id, By(requestId)),
        InstanceVerb.Suspend => new Suspend(id, By(requestId)),
        InstanceVerb.Resume => new Resume(id, By(requestId)),
        InstanceVerb.Resize => new Resize(id, By(requestId), new InstanceSize(16, 2)),
        InstanceVerb.ConfirmResize => new ConfirmResize(id, By(requestId)),
        InstanceVerb.RevertResize => new RevertResize(id, By(requestId)),
        InstanceVerb.Unrescue => new Unrescue(id, By(requestId)),
        InstanceVerb.Snapshot => new Snapshot(
            id, By(requestId), new SnapshotTarget(CommanderIds.NewImageId(), $"snapshot-{requestId}", PauseContainer: true)),
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "No verb of these tests."),
    };
}
