using NovaDocker.Domain.Compute;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cli.Tests;

/// <content>What makes an instance another one than it was booted as.</content>
internal sealed partial class FakeClient
{
    public Task<CommandReply> RebuildAsync(ComputeProtocol.RebuildInstance rebuild, CancellationToken cancellationToken = default) =>
        Answer(rebuild, () => Reply(rebuild.InstanceId));

    public Task<CommandReply> RescueAsync(ComputeProtocol.RescueInstance rescue, CancellationToken cancellationToken = default) =>
        Answer(rescue, () => Reply(rescue.InstanceId));

    public Task<CommandReply> TellVifPluggingAsync(TellVifPlugging told, CancellationToken cancellationToken = default) =>
        Answer(told, () => Reply(told.InstanceId));
}
