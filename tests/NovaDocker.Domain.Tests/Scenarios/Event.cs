using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>Expected events, without what <see cref="DecisionLaws"/> checks of every header.</summary>
internal static class Event
{
    public static Expected BootRequested(params StepKind[] steps) => (header, scope) =>
        new BootRequested(header, scope.Current!.Value, [.. steps], Sample.Spec, Sample.Image);

    public static Expected DeleteRequested(params StepKind[] steps) => (header, scope) =>
        new DeleteRequested(header, scope.Current!.Value, [.. steps], Discarded: null);

    public static Expected DeleteRequestedDiscarding(SnapshotTarget target, params StepKind[] steps) => (header, scope) =>
        new DeleteRequested(header, scope.Current!.Value, [.. steps], target);

    public static Expected SnapshotRequested(params StepKind[] steps) => (header, scope) =>
        new SnapshotRequested(header, scope.Current!.Value, [.. steps], Sample.Target);

    public static Expected PowerChangeRequested(InstanceVerb verb, params StepKind[] steps) => (header, scope) =>
        new PowerChangeRequested(header, scope.Current!.Value, [.. steps], verb);

    public static Expected Answered(InstanceVerb verb, CommandReply reply) => (header, _) =>
        new CommandAnswered(header, verb, reply);

    public static Expected StepStarted(StepKind step, int attempt = 1) => (header, scope) =>
        new StepStarted(header, scope.Current!.Value, step, attempt);

    public static Expected StepCompleted(StepKind step, StepResult result, int attempt = 1) => (header, scope) =>
        new StepCompleted(header, scope.Current!.Value, step, attempt, result);

    public static Expected StepFailed(StepKind step, Fault fault, DateTimeOffset? retryAt, int attempt = 1) =>
        (header, scope) => new StepFailed(header, scope.Current!.Value, step, attempt, fault, retryAt);

    public static Expected UnwindStarted(InstanceVerb verb, Fault fault, params StepKind[] steps) => (header, scope) =>
        new UnwindStarted(header, scope.Current!.Value, verb, fault, [.. steps]);

    public static Expected OperationCompleted(InstanceVerb verb) => (header, scope) =>
        new OperationCompleted(header, scope.Current!.Value, verb);

    public static Expected OperationFailed(InstanceVerb verb, Fault fault) => (header, scope) =>
        new OperationFailed(header, scope.Current!.Value, verb, fault);

    public static Expected OperationCancelled(InstanceVerb verb) => (header, scope) =>
        new OperationCancelled(header, scope.Former!.Value, verb);

    public static Expected WorkResumed(StepKind step, int attempt = 1) => (header, scope) =>
        new WorkResumed(header, scope.Current!.Value, step, attempt);

    public static Expected ContainerExited(ContainerExit exit) => (header, _) =>
        new ContainerExited(header, Sample.ContainerId, exit);

    public static Expected ContainerLost() => (header, _) => new ContainerLost(header, Sample.ContainerId);

    public static Expected ContainerDrifted(DriftKind drift, ContainerSighting seen) => (header, _) =>
        new ContainerDrifted(header, seen.ContainerId, drift, seen.RunStartedAt, seen.Name);

    public static Expected HealthChanged(HealthStatus health) => (header, _) =>
        new HealthChanged(header, Sample.ContainerId, health);

    public static Expected RestartRequested(
        RestartCause cause, int restart, DateTimeOffset startAt, params StepKind[] steps) => (header, scope) =>
        new RestartRequested(header, scope.Current!.Value, [.. steps], cause, restart, startAt);

    public static Expected RestartGivenUp(RestartCause cause, int restarts) => (header, _) =>
        new RestartGivenUp(header, cause, restarts);

    public static Expected AttachRequested(Vif vif, params StepKind[] steps) => (header, scope) =>
        new AttachRequested(header, scope.Current!.Value, [.. steps], vif);

    public static Expected DetachRequested(Vif vif, params StepKind[] steps) => (header, scope) =>
        new DetachRequested(header, scope.Current!.Value, [.. steps], vif.Id);

    public static Expected RepairRequested() => (header, scope) =>
        new RepairRequested(header, scope.Current!.Value, [StepKind.PlugVifs]);

    public static Expected VifsBroken(params Vif[] vifs) => (header, _) => new VifsBroken(header, PortSample.Problems(vifs));

    public static Expected RebuildRequested(params StepKind[] steps) => (header, scope) =>
        new RebuildRequested(header, scope.Current!.Value, [.. steps], Sample.SpecOfRebuild, Sample.OtherImage);

    public static Expected ResizeRequested(InstanceSize size, params StepKind[] steps) => (header, scope) =>
        new ResizeRequested(header, scope.Current!.Value, [.. steps], size);

    public static Expected RescueRequested(params StepKind[] steps) => (header, scope) =>
        new RescueRequested(header, scope.Current!.Value, [.. steps], Sample.RescueImage);

    /// <summary>The same event, of an operation that was asked for on terms.</summary>
    public static Expected On(OperationTerms terms, Expected request) => (header, scope) =>
        (OperationRequest)request(header, scope) with { Terms = terms };

    public static Expected SandboxLost() => (header, _) => new SandboxLost(header, PortSample.SandboxId, IsRemoved: false);
}
