using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>Commands on the sample instance. The request id is given only where it matters.</summary>
internal static partial class Commands
{
    private const string AnyRequest = "req-test";

    public static Boot Boot(string request = AnyRequest) =>
        new(Sample.Id, By(request), Sample.Spec, Sample.Image, Sample.Host);

    public static Boot Boot(UpkeepPolicy upkeep, string request = AnyRequest) =>
        Boot(request) with { Spec = Sample.Spec with { Upkeep = upkeep } };

    public static Delete Delete(string request = AnyRequest) => new(Sample.Id, By(request));

    public static Start Start(string request = AnyRequest) => new(Sample.Id, By(request));

    public static Stop Stop(string request = AnyRequest) => new(Sample.Id, By(request));

    public static Reboot SoftReboot(string request = AnyRequest) => new(Sample.Id, By(request), Hard: false);

    public static Reboot HardReboot(string request = AnyRequest) => new(Sample.Id, By(request), Hard: true);

    public static Pause Pause(string request = AnyRequest) => new(Sample.Id, By(request));

    public static Unpause Unpause(string request = AnyRequest) => new(Sample.Id, By(request));

    public static Snapshot Snapshot(string request = AnyRequest) => new(Sample.Id, By(request), Sample.Target);

    public static Boot BootWithPorts(params Vif[] vifs) =>
        Boot("given-boot") with { Spec = Sample.Spec with { Vifs = [.. vifs] } };

    public static AttachInterface Attach(Vif vif, string request = AnyRequest) => new(Sample.Id, By(request), vif);

    public static DetachInterface Detach(Vif vif, string request = AnyRequest) => new(Sample.Id, By(request), vif.Id);

    /// <summary>A look at the host's devices showed that these ports came loose.</summary>
    public static ReportVifsBroken Broken(params Vif[] vifs) => new(Sample.Id, PortSample.Problems(vifs));

    public static ReportSandboxLost SandboxLost(DateTimeOffset? startedAt = null, string id = PortSample.SandboxId) =>
        new(Sample.Id, id, startedAt, IsRemoved: false);

    public static ResumeWork Resume() => new(Sample.Id);

    public static ReportContainerExited Exited(ContainerExit exit, string containerId = Sample.ContainerId) =>
        new(Sample.Id, containerId, exit);

    public static ReportContainerLost Lost(string containerId = Sample.ContainerId) => new(Sample.Id, containerId);

    public static ReportContainerSeen Seen(ContainerSighting sighting, long? askedAt) => new(Sample.Id, sighting, askedAt);

    public static ReportEngineRestarted EngineRestarted(string containerId = Sample.ContainerId) =>
        new(Sample.Id, containerId);

    /// <summary>The command of a verb; a verb without one is no question of the decider's.</summary>
    public static VerbCommand Of(InstanceVerb verb, string request = AnyRequest) => verb switch
    {
        InstanceVerb.Boot => Boot(request),
        InstanceVerb.Delete => Delete(request),
        InstanceVerb.Start => Start(request),
        InstanceVerb.Stop => Stop(request),
        InstanceVerb.SoftReboot => SoftReboot(request),
        InstanceVerb.HardReboot => HardReboot(request),
        InstanceVerb.Pause => Pause(request),
        InstanceVerb.Unpause => Unpause(request),
        InstanceVerb.Snapshot => Snapshot(request),
        InstanceVerb.AttachInterface => Attach(PortSample.Third, request),
        InstanceVerb.DetachInterface => Detach(PortSample.First, request),
        InstanceVerb.Suspend => Suspend(request),
        InstanceVerb.Resume => ResumeSuspended(request),
        InstanceVerb.Rebuild => Rebuild(request),
        InstanceVerb.Resize => Resize(request),
        InstanceVerb.ConfirmResize => ConfirmResize(request),
        InstanceVerb.RevertResize => RevertResize(request),
        InstanceVerb.Rescue => Rescue(request),
        InstanceVerb.Unrescue => Unrescue(request),
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "No command has this verb."),
    };

    private static RequestContext By(string request) => new(request, Sample.User);
}
