using Akka.Actor;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Doors;

/// <summary>Has the instance's host settle a port that is to be attached, and makes the command of it.</summary>
internal sealed class InterfaceAttachment(IActorRef instances, IActorRef hosts)
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The command; or the answer, where there is none to be sent.</summary>
    public async Task<object> AttachAsync(ComputeProtocol.AttachNic attach)
    {
        var known = await instances.Ask<InstanceProtocol.IInstanceReply>(
            new InstanceProtocol.GetInstance(attach.InstanceId), AskTimeout).ConfigureAwait(false);
        if (known is not InstanceProtocol.InstanceFound { View: var view })
            return known;
        var answer = await hosts.Ask<object>(
            new HostProtocol.AdmitInterface(view.Host, attach.InstanceId, attach.Request.RequestId, attach.Nic), AskTimeout)
            .ConfigureAwait(false);
        return answer is HostProtocol.InterfaceAdmitted admitted
            ? new InstanceProtocol.AttachInterface(attach.InstanceId, attach.Request, admitted.Vif)
            {
                RefuseIfEngineAway = attach.RefuseIfEngineAway,
            }
            : answer;
    }
}
