using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Client;

/// <content>What makes an instance another one than it was booted as.</content>
public sealed partial class NovaDockerClient
{
    /// <inheritdoc/>
    public Task<CommandReply> RebuildAsync(RebuildInstance rebuild, CancellationToken cancellationToken = default) =>
        AskAsync<CommandReply>(rebuild, cancellationToken);

    /// <inheritdoc/>
    public Task<CommandReply> RescueAsync(RescueInstance rescue, CancellationToken cancellationToken = default) =>
        AskAsync<CommandReply>(rescue, cancellationToken);

    /// <inheritdoc/>
    public Task<CommandReply> TellVifPluggingAsync(TellVifPlugging told, CancellationToken cancellationToken = default) =>
        AskAsync<CommandReply>(told, cancellationToken);
}
