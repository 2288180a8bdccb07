using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Doors;

/// <summary>Has the instance's host settle a rebuild or find a rescue image, and makes the command of it.</summary>
/// <param name="instances">The region of the instances.</param>
/// <param name="hosts">The directory of the hosts.</param>
/// <param name="references">Finds the instances that user data name.</param>
internal sealed class InstanceChanges(IActorRef instances, IActorRef hosts, InstanceReferences references)
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The command; or the answer, where there is none to be sent.</summary>
    public async Task<object> RebuildAsync(ComputeProtocol.RebuildInstance rebuild)
    {
        var wished = rebuild.Boot;
        var known = await FindAsync(wished.InstanceId).ConfigureAwait(false);
        if (known is not InstanceFound { View: var view })
            return known;
        // The same as the instance has it, whatever was wished for: a rebuild changes none of that.
        var boot = wished with
        {
            ImageReference = ImageOf(view, wished.ImageReference),
            MemoryMb = view.MemoryMb,
            Vcpus = view.Vcpus,
            Nics = [],
            HostId = view.Host,
        };
        var answer = await hosts.Ask<object>(
            new HostProtocol.AdmitBoot(view.Host, boot)
            {
                References = await references.FindAsync(boot).ConfigureAwait(false),
                KeptVifs = view.Ports.Select(port => port.Vif).ToEquatableArray(),
            },
            AskTimeout).ConfigureAwait(false);
        return answer is HostProtocol.BootAdmitted admitted
            ? new Rebuild(wished.InstanceId, wished.Request, admitted.Spec, admitted.Image)
            {
                RefuseIfEngineAway = wished.RefuseIfEngineAway,
                Terms = wished.Terms,
            }
            : answer;
    }

    /// <summary>The command; or the answer, where there is none to be sent.</summary>
    public async Task<object> RescueAsync(ComputeProtocol.RescueInstance rescue)
    {
        var known = await FindAsync(rescue.InstanceId).ConfigureAwait(false);
        if (known is not InstanceFound { View: var view })
            return known;
        // A rescue container has the size of its instance, and is admitted as a boot of its image would be.
        var boot = new ComputeProtocol.BootInstance(
            rescue.InstanceId, rescue.Request, view.Name, ImageOf(view, rescue.ImageReference), view.MemoryMb, view.Vcpus, [],
            EquatableMap<string>.Empty)
        {
            Token = rescue.Token,
        };
        var answer = await hosts.Ask<object>(new HostProtocol.AdmitBoot(view.Host, boot), AskTimeout).ConfigureAwait(false);
        return answer is HostProtocol.BootAdmitted admitted
            ? new Rescue(rescue.InstanceId, rescue.Request, admitted.Image) { RefuseIfEngineAway = rescue.RefuseIfEngineAway }
            : answer;
    }

    private static string ImageOf(InstanceView view, string reference) =>
        reference.Length > 0 ? reference : view.Image.Id.ToString();

    private Task<IInstanceReply> FindAsync(InstanceId instance) =>
        instances.Ask<IInstanceReply>(new GetInstance(instance), AskTimeout);
}
