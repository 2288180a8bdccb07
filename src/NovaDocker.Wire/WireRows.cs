using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Mapping;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Hosts.HostProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire;

/// <summary>
/// The rows. A manifest is permanent: it lies in journals. A new field keeps the manifest; a new meaning gets a row
/// ending in <c>.v2</c>, whose reading half comes one release before its writing half, and the old row stays for ever.
/// </summary>
internal static partial class WireRows
{
    public static readonly IReadOnlyList<WireRow> All =
    [
        .. Events(),
        .. PortEvents(),
        .. State(),
        .. Commands(),
        .. News(),
        .. Replies(),
        .. Queries(),
        .. Host(),
        .. Compute(),
        .. History(),
        .. Images(),
        .. HostImageEvents(),
        .. HostImages(),
        .. PortMessages(),
        .. Networks(),
        .. Past(),
        .. Usage(),
        .. Changes(),
    ];

    private static WireRow[] Events() =>
    [
        WireRow.Of<BootRequested, V1.BootRequested>(
            "instance.boot-requested.v1", V1.BootRequested.Parser,
            InstanceEventMapping.ToWire, InstanceEventMapping.ToDomain),
        WireRow.Of<SnapshotRequested, V1.SnapshotRequested>(
            "instance.snapshot-requested.v1", V1.SnapshotRequested.Parser,
            InstanceEventMapping.ToWire, InstanceEventMapping.ToDomain),
        WireRow.Of<DeleteRequested, V1.DeleteRequested>(
            "instance.delete-requested.v1", V1.DeleteRequested.Parser,
            InstanceEventMapping.ToWire, InstanceEventMapping.ToDomain),
        WireRow.Of<PowerChangeRequested, V1.PowerChangeRequested>(
            "instance.power-change-requested.v1", V1.PowerChangeRequested.Parser,
            InstanceEventMapping.ToWire, InstanceEventMapping.ToDomain),
        WireRow.Of<RestartRequested, V1.RestartRequested>(
            "instance.restart-requested.v1", V1.RestartRequested.Parser,
            InstanceEventMapping.ToWire, InstanceEventMapping.ToDomain),
        WireRow.Of<RestartGivenUp, V1.RestartGivenUp>(
            "instance.restart-given-up.v1", V1.RestartGivenUp.Parser,
            InstanceEventMapping.ToWire, InstanceEventMapping.ToDomain),
        WireRow.Of<CommandAnswered, V1.CommandAnswered>(
            "instance.command-answered.v1", V1.CommandAnswered.Parser,
            InstanceEventMapping.ToWire, InstanceEventMapping.ToDomain),
        WireRow.Of<StepStarted, V1.StepStarted>(
            "instance.step-started.v1", V1.StepStarted.Parser,
            OperationEventMapping.ToWire, OperationEventMapping.ToDomain),
        WireRow.Of<StepCompleted, V1.StepCompleted>(
            "instance.step-completed.v1", V1.StepCompleted.Parser,
            OperationEventMapping.ToWire, OperationEventMapping.ToDomain),
        WireRow.Of<StepFailed, V1.StepFailed>(
            "instance.step-failed.v1", V1.StepFailed.Parser,
            OperationEventMapping.ToWire, OperationEventMapping.ToDomain),
        WireRow.Of<UnwindStarted, V1.UnwindStarted>(
            "instance.unwind-started.v1", V1.UnwindStarted.Parser,
            OperationEventMapping.ToWire, OperationEventMapping.ToDomain),
        WireRow.Of<OperationCompleted, V1.OperationCompleted>(
            "instance.operation-completed.v1", V1.OperationCompleted.Parser,
            OperationEventMapping.ToWire, OperationEventMapping.ToDomain),
        WireRow.Of<OperationFailed, V1.OperationFailed>(
            "instance.operation-failed.v1", V1.OperationFailed.Parser,
            OperationEventMapping.ToWire, OperationEventMapping.ToDomain),
        WireRow.Of<OperationCancelled, V1.OperationCancelled>(
            "instance.operation-cancelled.v1", V1.OperationCancelled.Parser,
            OperationEventMapping.ToWire, OperationEventMapping.ToDomain),
        WireRow.Of<WorkResumed, V1.WorkResumed>(
            "instance.work-resumed.v1", V1.WorkResumed.Parser,
            OperationEventMapping.ToWire, OperationEventMapping.ToDomain),
        WireRow.Of<ContainerExited, V1.ContainerExited>(
            "instance.container-exited.v1", V1.ContainerExited.Parser,
            InstanceEventMapping.ToWire, InstanceEventMapping.ToDomain),
        WireRow.Of<ContainerLost, V1.ContainerLost>(
            "instance.container-lost.v1", V1.ContainerLost.Parser,
            InstanceEventMapping.ToWire, InstanceEventMapping.ToDomain),
        WireRow.Of<ContainerDrifted, V1.ContainerDrifted>(
            "instance.container-drifted.v1", V1.ContainerDrifted.Parser,
            InstanceEventMapping.ToWire, InstanceEventMapping.ToDomain),
        WireRow.Of<HealthChanged, V1.HealthChanged>(
            "instance.health-changed.v1", V1.HealthChanged.Parser,
            InstanceEventMapping.ToWire, InstanceEventMapping.ToDomain),
    ];

    private static WireRow[] State() =>
    [
        WireRow.Of<InstanceSnapshot, V1.InstanceSnapshot>(
            "instance.state.v1", V1.InstanceSnapshot.Parser,
            InstanceStateMapping.ToWire, InstanceStateMapping.ToDomain),
    ];

    private static WireRow[] Commands() =>
    [
        WireRow.Of<Boot, V1.Boot>(
            "instance.command.boot.v1", V1.Boot.Parser, InstanceCommandMapping.ToWire, InstanceCommandMapping.ToDomain),
        WireRow.Of<Delete, V1.Delete>(
            "instance.command.delete.v1", V1.Delete.Parser,
            InstanceCommandMapping.ToWire, InstanceCommandMapping.ToDomain),
        WireRow.Of<Start, V1.Start>(
            "instance.command.start.v1", V1.Start.Parser,
            InstanceCommandMapping.ToWire, InstanceCommandMapping.ToDomain),
        WireRow.Of<Stop, V1.Stop>(
            "instance.command.stop.v1", V1.Stop.Parser, InstanceCommandMapping.ToWire, InstanceCommandMapping.ToDomain),
        WireRow.Of<Reboot, V1.Reboot>(
            "instance.command.reboot.v1", V1.Reboot.Parser,
            InstanceCommandMapping.ToWire, InstanceCommandMapping.ToDomain),
        WireRow.Of<Pause, V1.Pause>(
            "instance.command.pause.v1", V1.Pause.Parser,
            InstanceCommandMapping.ToWire, InstanceCommandMapping.ToDomain),
        WireRow.Of<Unpause, V1.Unpause>(
            "instance.command.unpause.v1", V1.Unpause.Parser,
            InstanceCommandMapping.ToWire, InstanceCommandMapping.ToDomain),
        WireRow.Of<Snapshot, V1.Snapshot>(
            "instance.command.snapshot.v1", V1.Snapshot.Parser,
            InstanceCommandMapping.ToWire, InstanceCommandMapping.ToDomain),
    ];

    private static WireRow[] News() =>
    [
        WireRow.Of<RecordStepCompleted, V1.RecordStepCompleted>(
            "instance.command.record-step-completed.v1", V1.RecordStepCompleted.Parser,
            InstanceNewsMapping.ToWire, InstanceNewsMapping.ToDomain),
        WireRow.Of<RecordStepFailed, V1.RecordStepFailed>(
            "instance.command.record-step-failed.v1", V1.RecordStepFailed.Parser,
            InstanceNewsMapping.ToWire, InstanceNewsMapping.ToDomain),
        WireRow.Of<RetryStep, V1.RetryStep>(
            "instance.command.retry-step.v1", V1.RetryStep.Parser,
            InstanceNewsMapping.ToWire, InstanceNewsMapping.ToDomain),
        WireRow.Of<ResumeWork, V1.ResumeWork>(
            "instance.command.resume-work.v1", V1.ResumeWork.Parser,
            InstanceNewsMapping.ToWire, InstanceNewsMapping.ToDomain),
        WireRow.Of<ReportContainerExited, V1.ReportContainerExited>(
            "instance.command.report-container-exited.v1", V1.ReportContainerExited.Parser,
            InstanceNewsMapping.ToWire, InstanceNewsMapping.ToDomain),
        WireRow.Of<ReportContainerLost, V1.ReportContainerLost>(
            "instance.command.report-container-lost.v1", V1.ReportContainerLost.Parser,
            InstanceNewsMapping.ToWire, InstanceNewsMapping.ToDomain),
        WireRow.Of<ReportContainerSeen, V1.ReportContainerSeen>(
            "instance.command.report-container-seen.v1", V1.ReportContainerSeen.Parser,
            InstanceNewsMapping.ToWire, InstanceNewsMapping.ToDomain),
        WireRow.Of<ReportEngineRestarted, V1.ReportEngineRestarted>(
            "instance.command.report-engine-restarted.v1", V1.ReportEngineRestarted.Parser,
            InstanceNewsMapping.ToWire, InstanceNewsMapping.ToDomain),
    ];

    private static WireRow[] Replies() =>
    [
        WireRow.Of<Accepted, V1.Accepted>(
            "instance.reply.accepted.v1", V1.Accepted.Parser,
            InstanceReplyMapping.ToWire, InstanceReplyMapping.ToDomain),
        WireRow.Of<AlreadyDone, V1.AlreadyDone>(
            "instance.reply.already-done.v1", V1.AlreadyDone.Parser,
            InstanceReplyMapping.ToWire, InstanceReplyMapping.ToDomain),
        WireRow.Of<Refused, V1.Refused>(
            "instance.reply.refused.v1", V1.Refused.Parser, InstanceReplyMapping.ToWire, InstanceReplyMapping.ToDomain),
        WireRow.Of<NotFound, V1.NotFound>(
            "instance.reply.not-found.v1", V1.NotFound.Parser,
            InstanceReplyMapping.ToWire, InstanceReplyMapping.ToDomain),
    ];

    private static WireRow[] Queries() =>
    [
        WireRow.Of<GetInstance, V1.GetInstance>(
            "instance.query.get-instance.v1", V1.GetInstance.Parser,
            InstanceQueryMapping.ToWire, InstanceQueryMapping.ToDomain),
        WireRow.Of<AwaitRevision, V1.AwaitRevision>(
            "instance.query.await-revision.v1", V1.AwaitRevision.Parser,
            InstanceQueryMapping.ToWire, InstanceQueryMapping.ToDomain),
        WireRow.Of<GetConsoleOutput, V1.GetConsoleOutput>(
            "instance.query.get-console-output.v1", V1.GetConsoleOutput.Parser,
            InstanceQueryMapping.ToWire, InstanceQueryMapping.ToDomain),
        WireRow.Of<InstanceFound, V1.InstanceFound>(
            "instance.reply.instance-found.v1", V1.InstanceFound.Parser,
            InstanceQueryMapping.ToWire, InstanceQueryMapping.ToDomain),
        WireRow.Of<ConsoleOutput, V1.ConsoleOutput>(
            "instance.reply.console-output.v1", V1.ConsoleOutput.Parser,
            InstanceQueryMapping.ToWire, InstanceQueryMapping.ToDomain),
    ];

    private static WireRow[] Host() =>
    [
        WireRow.Of<RunStep, V1.RunStep>(
            "host.run-step.v1", V1.RunStep.Parser, HostMapping.ToWire, HostMapping.ToDomain),
        WireRow.Of<StepProgressed, V1.StepProgressed>(
            "host.step-progressed.v1", V1.StepProgressed.Parser, HostMapping.ToWire, HostMapping.ToDomain),
        WireRow.Of<LendToken, V1.LendToken>(
            "host.lend-token.v1", V1.LendToken.Parser, HostMapping.ToWire, HostMapping.ToDomain),
        WireRow.Of<ReadConsole, V1.ReadConsole>(
            "host.read-console.v1", V1.ReadConsole.Parser, HostMapping.ToWire, HostMapping.ToDomain),
        WireRow.Of<InspectContainer, V1.InspectContainer>(
            "host.inspect-container.v1", V1.InspectContainer.Parser, HostMapping.ToWire, HostMapping.ToDomain),
        WireRow.Of<AdmitBoot, V1.AdmitBoot>(
            "host.admit-boot.v1", V1.AdmitBoot.Parser, HostMapping.ToWire, HostMapping.ToDomain),
        WireRow.Of<BootAdmitted, V1.BootAdmitted>(
            "host.boot-admitted.v1", V1.BootAdmitted.Parser, HostMapping.ToWire, HostMapping.ToDomain),
        WireRow.Of<IdentifyHost, V1.IdentifyHost>(
            "host.identify-host.v1", V1.IdentifyHost.Parser, HostMapping.ToWire, HostMapping.ToDomain),
        WireRow.Of<HostIdentified, V1.HostIdentified>(
            "host.host-identified.v1", V1.HostIdentified.Parser, HostMapping.ToWire, HostMapping.ToDomain),
        WireRow.Of<GetHost, V1.GetHost>(
            "host.get-host.v1", V1.GetHost.Parser, HostMapping.ToWire, HostMapping.ToDomain),
        WireRow.Of<HostView, V1.HostView>(
            "host.host-view.v1", V1.HostView.Parser, HostMapping.ToWire, HostMapping.ToDomain),
        WireRow.Of<ReconcileHost, V1.ReconcileHost>(
            "host.reconcile-host.v1", V1.ReconcileHost.Parser, ReconcileMapping.ToWire, ReconcileMapping.ToDomain),
        WireRow.Of<HostReconciled, V1.HostReconciled>(
            "host.host-reconciled.v1", V1.HostReconciled.Parser, ReconcileMapping.ToWire, ReconcileMapping.ToDomain),
        WireRow.Of<Reconcile, V1.Reconcile>(
            "compute.reconcile.v1", V1.Reconcile.Parser, ReconcileMapping.ToWire, ReconcileMapping.ToDomain),
        WireRow.Of<ReconcileReport, V1.ReconcileReport>(
            "compute.reconcile-report.v1", V1.ReconcileReport.Parser, ReconcileMapping.ToWire, ReconcileMapping.ToDomain),
    ];

    private static WireRow[] Compute() =>
    [
        WireRow.Of<BootInstance, V1.BootInstance>(
            "compute.boot-instance.v1", V1.BootInstance.Parser, ComputeMapping.ToWire, ComputeMapping.ToDomain),
        WireRow.Of<ListInstances, V1.ListInstances>(
            "compute.list-instances.v1", V1.ListInstances.Parser, ComputeMapping.ToWire, ComputeMapping.ToDomain),
        WireRow.Of<InstancePage, V1.InstancePage>(
            "compute.instance-page.v1", V1.InstancePage.Parser, ComputeMapping.ToWire, ComputeMapping.ToDomain),
        WireRow.Of<ListHosts, V1.ListHosts>(
            "compute.list-hosts.v1", V1.ListHosts.Parser, ComputeMapping.ToWire, ComputeMapping.ToDomain),
        WireRow.Of<HostList, V1.HostList>(
            "compute.host-list.v1", V1.HostList.Parser, ComputeMapping.ToWire, ComputeMapping.ToDomain),
        WireRow.Of<QueryFailed, V1.QueryFailed>(
            "compute.query-failed.v1", V1.QueryFailed.Parser, ComputeMapping.ToWire, ComputeMapping.ToDomain),
    ];

    private static WireRow[] History() =>
    [
        WireRow.Of<GetHistory, V1.GetHistory>(
            "compute.get-history.v1", V1.GetHistory.Parser, HistoryMapping.ToWire, HistoryMapping.ToDomain),
        WireRow.Of<HistoryPage, V1.HistoryPage>(
            "compute.history-page.v1", V1.HistoryPage.Parser, HistoryMapping.ToWire, HistoryMapping.ToDomain),
        WireRow.Of<GetInstanceAt, V1.GetInstanceAt>(
            "compute.get-instance-at.v1", V1.GetInstanceAt.Parser, HistoryMapping.ToWire, HistoryMapping.ToDomain),
    ];

    private static WireRow[] Images() =>
    [
        WireRow.Of<ListImages, V1.ListImages>(
            "compute.list-images.v1", V1.ListImages.Parser, ImageTransferMapping.ToWire, ImageTransferMapping.ToDomain),
        WireRow.Of<ImagePage, V1.ImagePage>(
            "compute.image-page.v1", V1.ImagePage.Parser, ImageTransferMapping.ToWire, ImageTransferMapping.ToDomain),
        WireRow.Of<BeginImageUpload, V1.BeginImageUpload>(
            "compute.begin-image-upload.v1", V1.BeginImageUpload.Parser,
            ImageTransferMapping.ToWire, ImageTransferMapping.ToDomain),
        WireRow.Of<ImageChunk, V1.ImageChunk>(
            "compute.image-chunk.v1", V1.ImageChunk.Parser, ImageTransferMapping.ToWire, ImageTransferMapping.ToDomain),
        WireRow.Of<ImageUploadReady, V1.ImageUploadReady>(
            "compute.image-upload-ready.v1", V1.ImageUploadReady.Parser,
            ImageTransferMapping.ToWire, ImageTransferMapping.ToDomain),
        WireRow.Of<ImageUploaded, V1.ImageUploaded>(
            "compute.image-uploaded.v1", V1.ImageUploaded.Parser,
            ImageTransferMapping.ToWire, ImageTransferMapping.ToDomain),
        WireRow.Of<AbandonImageUpload, V1.AbandonImageUpload>(
            "compute.abandon-image-upload.v1", V1.AbandonImageUpload.Parser,
            ImageTransferMapping.ToWire, ImageTransferMapping.ToDomain),
    ];
}
