using Akka.Actor;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Hosts;

/// <summary>
/// Answers whether a boot may begin on this host, and what the instance would be. Nothing is set aside or made by it: a boot
/// that is refused has left nothing.
/// </summary>
internal sealed class BootAdmission(IActorRef images, BootSettler settler)
{
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The answer: <see cref="HostProtocol.BootAdmitted"/> or <see cref="InstanceProtocol.Refused"/>.</summary>
    public async Task<object> AdmitAsync(HostProtocol.AdmitBoot admit, HostCapacity capacity)
    {
        var boot = admit.Boot;
        var shortage = ClaimLedger.Shortage(
            new Claim(boot.MemoryMb, boot.Vcpus), capacity.MemoryMb, capacity.Vcpus, "in all");
        if (shortage is not null)
            return new InstanceProtocol.Refused(boot.InstanceId, RefusalCode.NoCapacity, shortage.Message);
        var answer = await images.Ask<object>(
            new ResolveImage(
                boot.InstanceId, boot.ImageReference, new ImageCaller(boot.Request.Initiator.ProjectId, boot.Token)),
            ResolveTimeout).ConfigureAwait(false);
        if (answer is not ImageDescription image)
            return answer;
        return ImageUse.ShortageOf(image, boot.MemoryMb) is { } shortageOfImage
            ? new InstanceProtocol.Refused(boot.InstanceId, RefusalCode.InvalidArgument, shortageOfImage)
            : settler.Settle(admit, image, capacity);
    }
}
