using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Wire.Client;

/// <content>What makes an instance another one than it was booted as.</content>
public partial interface INovaDockerClient
{
    /// <summary>
    /// Makes an instance's container anew, of what a boot would be; size, ports and host stay. An acceptance says that it is in the
    /// journal, and <see cref="WaitAsync"/> tells how it ends.
    /// </summary>
    Task<InstanceProtocol.CommandReply> RebuildAsync(
        ComputeProtocol.RebuildInstance rebuild, CancellationToken cancellationToken = default);

    /// <summary>Runs a rescue container in an instance's place; an acceptance says that it is in the journal.</summary>
    Task<InstanceProtocol.CommandReply> RescueAsync(
        ComputeProtocol.RescueInstance rescue, CancellationToken cancellationToken = default);

    /// <summary>Tells a boot that waits for its ports what became of them; where none waits, that is <see cref="InstanceProtocol.AlreadyDone"/>.</summary>
    Task<InstanceProtocol.CommandReply> TellVifPluggingAsync(
        InstanceProtocol.TellVifPlugging told, CancellationToken cancellationToken = default);
}
