using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Client;

/// <summary>
/// The verbs of one instance, each as a method; the answer says whether it was accepted, not how it ends. They wait for an
/// Engine that is away: who would rather be refused sends the command itself, with
/// <see cref="VerbCommand.RefuseIfEngineAway"/>.
/// </summary>
public static class NovaDockerClientVerbs
{
    /// <summary>Removes the instance with all it holds, except for its history.</summary>
    public static Task<CommandReply> DeleteAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Delete(id, request), cancellationToken);

    /// <summary>Starts the instance that is stopped or in error; makes its container anew where it has none.</summary>
    public static Task<CommandReply> StartAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Start(id, request), cancellationToken);

    /// <summary>Stops the instance gently.</summary>
    public static Task<CommandReply> StopAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Stop(id, request), cancellationToken);

    /// <summary>Stops and starts the instance; hard kills instead of stopping gently.</summary>
    public static Task<CommandReply> RebootAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, bool hard, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Reboot(id, request, hard), cancellationToken);

    /// <summary>Freezes the instance.</summary>
    public static Task<CommandReply> PauseAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Pause(id, request), cancellationToken);

    /// <summary>Thaws the instance.</summary>
    public static Task<CommandReply> UnpauseAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Unpause(id, request), cancellationToken);

    /// <summary>Makes an image of the instance.</summary>
    public static Task<CommandReply> SnapshotAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, SnapshotTarget target, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Snapshot(id, request, target), cancellationToken);

    /// <summary>Plugs one more port into the instance.</summary>
    public static Task<CommandReply> AttachInterfaceAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, NicRequest nic, CancellationToken cancellationToken = default) =>
        client.AttachInterfaceAsync(new AttachNic(id, request, nic), cancellationToken);

    /// <summary>Takes a port away from the instance.</summary>
    public static Task<CommandReply> DetachInterfaceAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, PortId port, CancellationToken cancellationToken = default) =>
        client.SendAsync(new DetachInterface(id, request, port), cancellationToken);

    /// <summary>Freezes the instance until it is resumed.</summary>
    public static Task<CommandReply> SuspendAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Suspend(id, request), cancellationToken);

    /// <summary>Thaws the suspended instance, or starts it where its process has ended meanwhile.</summary>
    public static Task<CommandReply> ResumeAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Resume(id, request), cancellationToken);

    /// <summary>Gives the instance another size; the one it has is kept until that is confirmed or taken back.</summary>
    public static Task<CommandReply> ResizeAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, InstanceSize size, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Resize(id, request, size), cancellationToken);

    /// <summary>Keeps the size that the last resize gave.</summary>
    public static Task<CommandReply> ConfirmResizeAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, CancellationToken cancellationToken = default) =>
        client.SendAsync(new ConfirmResize(id, request), cancellationToken);

    /// <summary>Takes the last resize back.</summary>
    public static Task<CommandReply> RevertResizeAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, CancellationToken cancellationToken = default) =>
        client.SendAsync(new RevertResize(id, request), cancellationToken);

    /// <summary>Removes the rescue container and starts the instance.</summary>
    public static Task<CommandReply> UnrescueAsync(
        this INovaDockerClient client, InstanceId id, RequestContext request, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Unrescue(id, request), cancellationToken);
}
