using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Hosts;

/// <summary>What brains and doors say to the hands of a compute host, and what those answer.</summary>
public static partial class HostProtocol
{
    /// <summary>A message for one host.</summary>
    public interface IHostMessage : IWireMessage
    {
        /// <summary>The host meant.</summary>
        HostId HostId { get; }
    }

    /// <summary>
    /// Do a step. Answered by <see cref="InstanceProtocol.RecordStepCompleted"/> or
    /// <see cref="InstanceProtocol.RecordStepFailed"/> to the instance; a repeated message is safe.
    /// </summary>
    /// <param name="HostId">The host that is to do it.</param>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="OperationId">The operation it belongs to.</param>
    /// <param name="Token">The right to do it; a token older than one seen before is refused.</param>
    /// <param name="Step">The step.</param>
    /// <param name="Attempt">Which attempt, counted from 1.</param>
    /// <param name="Spec">What the instance is to be.</param>
    /// <param name="Image">The image it boots from.</param>
    /// <param name="Owner">On whose behalf it was booted.</param>
    /// <param name="EngineImageId">The image in the Engine; null until it is there.</param>
    /// <param name="ContainerId">The container; null until it is there.</param>
    /// <param name="LastRunStartedAt">When the container was last started, as far as the journal knows; null where it never was.</param>
    /// <param name="Snapshot">The image being made or discarded; else null.</param>
    public sealed record RunStep(
        HostId HostId,
        InstanceId InstanceId,
        OperationId OperationId,
        FencingToken Token,
        StepKind Step,
        int Attempt,
        InstanceSpec Spec,
        ResolvedImage Image,
        Initiator Owner,
        string? EngineImageId,
        string? ContainerId,
        DateTimeOffset? LastRunStartedAt,
        SnapshotTarget? Snapshot) : IHostMessage, IWithInstanceId
    {
        /// <summary>
        /// True where nobody can have tried it before: a step of a boot whose intent was stored a moment ago, by whoever
        /// sends this. There is nothing to be looked for then. False says nothing.
        /// </summary>
        public bool IsUntried { get; init; }

        /// <summary>The container that owns the network namespace; null until it is there.</summary>
        public string? SandboxId { get; init; }

        /// <summary>The instance's ports.</summary>
        public EquatableArray<InstancePort> Ports { get; init; } = [];

        /// <summary>
        /// The port that the operation attaches or detaches; the only one concerned where it is among <see cref="Ports"/>. Null
        /// where all of them are.
        /// </summary>
        public PortId? Port { get; init; }

        /// <summary>How the operation is to be carried out.</summary>
        public OperationTerms Terms { get; init; } = OperationTerms.Usual;

        /// <summary>The instance's rescue; null where there is none.</summary>
        public RescueFacts? Rescue { get; init; }

        /// <summary>True where the instance is being deleted, so that nothing of it is to stay on the host.</summary>
        public bool IsOfDeletion { get; init; }
    }

    /// <summary>How far the step under way has come. Not stored; the last one wins.</summary>
    public sealed record StepProgressed(InstanceId InstanceId, FencingToken Token, TransferProgress Progress)
        : IWithInstanceId, IWireMessage;

    /// <summary>Read a container's console; answered by <see cref="InstanceProtocol.ConsoleOutput"/> or <see cref="InstanceProtocol.Refused"/>.</summary>
    public sealed record ReadConsole(HostId HostId, InstanceId InstanceId, string ContainerId, int Lines) : IHostMessage, IWithInstanceId;

    /// <summary>
    /// Look at a container; answered to the instance by <see cref="InstanceProtocol.ReportContainerExited"/> where it has
    /// ended, by <see cref="InstanceProtocol.ReportContainerLost"/> where it is gone, and by
    /// <see cref="InstanceProtocol.ReportContainerSeen"/> where it is there. Not answered where the Engine does not answer.
    /// </summary>
    /// <param name="HostId">The host.</param>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="ContainerId">Its container.</param>
    /// <param name="Revision">The instance's revision, which the answer repeats.</param>
    public sealed record InspectContainer(HostId HostId, InstanceId InstanceId, string ContainerId, long Revision)
        : IHostMessage, IWithInstanceId
    {
        /// <summary>When the last run that the instance knows the end of ended; what it wrote is not asked for.</summary>
        public DateTimeOffset? LastFinishedAt { get; init; }
    }

    /// <summary>A token that the steps of an instance may use for a while. Kept in the host's memory alone; not answered.</summary>
    public sealed record LendToken(HostId HostId, InstanceId InstanceId, RequestToken Token) : IHostMessage;

    /// <summary>
    /// May this instance be booted here, and what would it be? Answered by <see cref="BootAdmitted"/> or
    /// <see cref="InstanceProtocol.Refused"/>. It sets nothing aside: that is the boot's first step.
    /// </summary>
    /// <param name="HostId">The host asked.</param>
    /// <param name="Boot">The boot as the commander wants it.</param>
    public sealed record AdmitBoot(HostId HostId, ComputeProtocol.BootInstance Boot) : IHostMessage, IWithInstanceId
    {
        /// <summary>The instances that its user data names, by the name it gives them.</summary>
        public EquatableMap<InstanceReference> References { get; init; } = EquatableMap<InstanceReference>.Empty;

        /// <summary>The ports that the instance has already and keeps, where it is to be rebuilt; empty for a boot.</summary>
        public EquatableArray<Vif> KeptVifs { get; init; } = [];

        /// <inheritdoc/>
        public InstanceId InstanceId => Boot.InstanceId;
    }

    /// <summary>What a name in user data refers to.</summary>
    /// <param name="InstanceId">The instance; null where there is none that may be meant.</param>
    /// <param name="HostId">Where it lives; null where there is none.</param>
    /// <param name="Problem">Why there is none; null where there is one.</param>
    public sealed record InstanceReference(InstanceId? InstanceId, HostId? HostId, string? Problem);

    /// <summary>It may.</summary>
    /// <param name="InstanceId">The instance to be.</param>
    /// <param name="Image">The image meant.</param>
    /// <param name="Spec">What it is to be: flavor, image properties, metadata, user data and request settled.</param>
    public sealed record BootAdmitted(InstanceId InstanceId, ResolvedImage Image, InstanceSpec Spec)
        : IWithInstanceId, IWireMessage;

    /// <summary>What has this container used? Answered by <see cref="InstanceProtocol.UsageReport"/> or <see cref="InstanceProtocol.Refused"/>.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="InstanceId">The instance.</param>
    /// <param name="ContainerId">Its container.</param>
    public sealed record ReadUsage(HostId HostId, InstanceId InstanceId, string ContainerId) : IHostMessage, IWithInstanceId;

    /// <summary>Who are you? Sent to the host agent of every node that joins the cluster; answered by <see cref="HostIdentified"/>.</summary>
    public sealed record IdentifyHost : IWireMessage;

    /// <summary>The host agent's name for itself.</summary>
    public sealed record HostIdentified(HostId HostId) : IWireMessage;

    /// <summary>Compare the Engine with the journal now; answered by <see cref="HostReconciled"/>.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="DryRun">True only reports.</param>
    public sealed record ReconcileHost(HostId HostId, bool DryRun) : IHostMessage;

    /// <summary>What the comparison showed, and what was done about it.</summary>
    /// <param name="HostId">The host.</param>
    /// <param name="Findings">The differences, at most <see cref="MaxFindings"/> of them.</param>
    /// <param name="Omitted">How many more there are.</param>
    /// <param name="Problem">Why nothing was compared, or not everything; null where everything was.</param>
    public sealed record HostReconciled(
        HostId HostId, EquatableArray<ReconcileFinding> Findings, int Omitted, string? Problem) : IWireMessage;

    /// <summary>The most findings that one <see cref="HostReconciled"/> tells of.</summary>
    public const int MaxFindings = 100;

    /// <summary>How are you? Answered by <see cref="HostView"/>.</summary>
    public sealed record GetHost(HostId HostId) : IHostMessage;
}
