using Akka.Actor;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Hosts;

/// <summary>
/// Answers whether a boot may begin on this host, and what the instance would be. Nothing is set aside or made by it: a boot
/// that is refused has left nothing.
/// </summary>
internal sealed class BootAdmission(IActorRef images, IActorRef networks, BootSettler settler)
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
        if (ImageUse.ShortageOf(image, boot.MemoryMb) is { } shortageOfImage)
            return new InstanceProtocol.Refused(boot.InstanceId, RefusalCode.InvalidArgument, shortageOfImage);
        var settled = settler.Settle(admit, image, capacity);
        if (settled is HostProtocol.BootAdmitted portless)
            settled = await WithPortsAsync(admit, portless).ConfigureAwait(false);
        return settled is HostProtocol.BootAdmitted whole ? settler.WithFiles(whole, boot.Files) : settled;
    }

    private async Task<object> WithPortsAsync(HostProtocol.AdmitBoot admit, HostProtocol.BootAdmitted portless)
    {
        var boot = admit.Boot;
        if (!admit.KeptVifs.IsEmpty)
            return BootSettler.WithPorts(portless, admit.KeptVifs);
        if (boot.Nics.IsEmpty)
            return portless;
        var ports = await networks.Ask<object>(
            new AdmitPorts(boot.InstanceId, boot.Request.RequestId, boot.Nics), ResolveTimeout).ConfigureAwait(false);
        return ports is PortsAdmitted admitted
            ? BootSettler.WithPorts(portless, admitted.Vifs)
            : ports;
    }
}
