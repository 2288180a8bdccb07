using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <content>What makes an instance another one than it was booted as, and what a boot waits for.</content>
internal static partial class Commands
{
    /// <summary>A boot of one that was deleted.</summary>
    public static Boot BootAgain(string request = AnyRequest) => Boot(request) with { IsAgain = true };

    /// <summary>A boot with two ports that waits for Neutron.</summary>
    public static Boot BootAwaiting(bool isFatal = true, string request = "given-boot") =>
        BootWithPorts(PortSample.First, PortSample.Second) with
        {
            Request = By(request),
            Terms = new OperationTerms { AwaitVifs = Sample.Wait with { IsFatal = isFatal } },
        };

    public static Suspend Suspend(string request = AnyRequest) => new(Sample.Id, By(request));

    public static Resume ResumeSuspended(string request = AnyRequest) => new(Sample.Id, By(request));

    public static Rebuild Rebuild(string request = AnyRequest) => new(Sample.Id, By(request), Sample.OtherSpec, Sample.OtherImage);

    public static Resize Resize(string request = AnyRequest) => Resize(Sample.Larger, request);

    public static Resize Resize(InstanceSize size, string request = AnyRequest) => new(Sample.Id, By(request), size);

    public static ConfirmResize ConfirmResize(string request = AnyRequest) => new(Sample.Id, By(request));

    public static RevertResize RevertResize(string request = AnyRequest) => new(Sample.Id, By(request));

    public static Rescue Rescue(string request = AnyRequest) => new(Sample.Id, By(request), Sample.RescueImage);

    public static Unrescue Unrescue(string request = AnyRequest) => new(Sample.Id, By(request));

    public static TellVifPlugging Told(
        VifPluggingOutcome outcome = VifPluggingOutcome.Plugged, string detail = "", string request = "req-told") =>
        new(Sample.Id, By(request), outcome, detail);

    /// <summary>The same, to leave the instance stopped.</summary>
    public static T Stopped<T>(T command)
        where T : VerbCommand => (T)(command with { Terms = command.Terms with { LeavesStopped = true } });
}
