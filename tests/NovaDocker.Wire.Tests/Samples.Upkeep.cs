using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Hosts.HostProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>
/// What came with restart policies, health checks, drift and waiting for an Engine. The older samples leave it all out: their
/// golden bytes were written before there was any, and are read with the defaults.
/// </summary>
public static partial class Samples
{
    private static UpkeepPolicy KeptUp =>
        new(new RestartPolicy(RestartMode.OnFailure, 5), UnhealthyAction.Restart, LostAction.Recreate);

    private static HealthCheck Check => new(
        ["/bin/sh", "-c", "wget -q -O - localhost || exit 1"], TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(1500),
        TimeSpan.FromTicks(1), 4);

    private static ContainerExit Killed => new(Time, Time.AddSeconds(3), 139, false)
    {
        Output = "starting ünïcode\nSegmentation fault\u001b[0m\n",
    };

    private static ContainerSighting Running => new(
        "4f5e6d", "renamed", ContainerCondition.Running, Time, null, HealthStatus.Unhealthy);

    private static InstanceSpec KeptUpSpec => Spec with { Upkeep = KeptUp, HealthCheck = Check };

    private static InstanceView KeptUpView => View with
    {
        Phase = InstancePhase.Restarting,
        Operation = new OperationView(Operation, InstanceVerb.Restart, StepKind.StartContainer, 0, Time, null),
        LastExit = Killed,
        RunStartedAt = Time.AddTicks(3),
        ContainerAlias = "renamed",
        Upkeep = KeptUp,
        Restarts = 4,
        Health = HealthStatus.Starting,
    };

    private static HostView BusyHost => HealthyHost with
    {
        EngineState = EngineState.Restarted,
        StepsWaiting = 2,
        EngineRestarts = 3,
        StepsInHand =
        [
            new StepView(Instance, StepKind.UploadSnapshot, 1, TimeSpan.FromTicks(36_000_000_001), false),
            new StepView(Instance, StepKind.StartContainer, 6, TimeSpan.Zero, true),
        ],
    };

    private static IEnumerable<Sample> UpkeepEvents()
    {
        var stopped = Within(InstancePhase.Stopped) with { Request = new("", Initiator.Upkeep) };
        yield return new("boot-requested-kept-up", new BootRequested(
            Header(InstancePhase.Absent, InstancePhase.Building), Operation, Steps, KeptUpSpec, Resolved));
        yield return new("boot-requested-unchecked", new BootRequested(
            Header(InstancePhase.Absent, InstancePhase.Building), Operation, Steps,
            BareSpec with { HealthCheck = HealthCheck.Off, Upkeep = UpkeepPolicy.None with { WhenLost = LostAction.Recreate } },
            Resolved));
        foreach (var cause in Enum.GetValues<RestartCause>())
        {
            yield return new($"restart-requested-{cause}", new RestartRequested(
                stopped with { After = InstancePhase.Restarting }, Operation, [StepKind.StartContainer], cause, 7,
                Time.AddMilliseconds(100)));
        }

        yield return new("restart-given-up", new RestartGivenUp(stopped, RestartCause.Exited, 5));
        yield return new("command-answered-engine-away", new CommandAnswered(
            stopped, InstanceVerb.Start, new Refused(Instance, RefusalCode.EngineAway, "The Engine is Unreachable: refused.")));
        yield return new("container-exited-with-output", new ContainerExited(
            Header(InstancePhase.Active, InstancePhase.Stopped), "4f5e6d", Killed));
        yield return new("step-completed-container-stopped-with-output", new StepCompleted(
            Within(InstancePhase.Stopping), Operation, StepKind.StopContainer, 1, new StepResult.ContainerStopped(Killed)));
        foreach (var drift in Enum.GetValues<DriftKind>())
        {
            yield return new($"container-drifted-{drift}", new ContainerDrifted(
                Within(InstancePhase.Active), "4f5e6d", drift, Time, "nova-4f5e6d"));
        }

        yield return new("container-drifted-never-started", new ContainerDrifted(
            Within(InstancePhase.Stopped), "4f5e6d", DriftKind.Renamed, null, "renamed"));
        foreach (var health in Enum.GetValues<HealthStatus>())
        {
            yield return new($"health-changed-{health}", new HealthChanged(
                Within(InstancePhase.Active), "4f5e6d", health));
        }
    }

    private static IEnumerable<Sample> UpkeepSnapshots()
    {
        var facts = new InstanceFacts(
            Instance, 9, KeptUpSpec, Resolved, Host, Alice, Time, Time.AddTicks(1), "sha256:feed", "4f5e6d", Time, Killed, null,
            [new RecordedAnswer("req-1", InstanceVerb.Stop, new Refused(Instance, RefusalCode.EngineAway, "Away."))])
        {
            ContainerAlias = "renamed",
            Health = HealthStatus.Healthy,
            Restarts = 3,
        };
        yield return new("state-resting-kept-up", new InstanceSnapshot(
            new InstanceState.Resting(facts, InstancePhase.Active)));
        yield return new("state-working-restarting", new InstanceSnapshot(new InstanceState.Working(facts, new Operation(
            Operation, InstanceVerb.Restart, new("", Initiator.Upkeep), InstancePhase.Stopped, [StepKind.StartContainer],
            StepStatus.AwaitingRetry, 0, 9, Time.AddMinutes(1), null, null))));
    }

    private static IEnumerable<Sample> UpkeepMessages()
    {
        VerbCommand[] verbs =
        [
            new Boot(Instance, Request, KeptUpSpec, Resolved, Host), new Delete(Instance, Request),
            new Start(Instance, Request), new Stop(Instance, Request), new Reboot(Instance, Request, true),
            new Pause(Instance, Request), new Unpause(Instance, Request), new Snapshot(Instance, Request, Target),
        ];
        foreach (var verb in verbs)
        {
            yield return new($"{verb.Verb}-refused-if-away", verb with { RefuseIfEngineAway = true });
            yield return new($"{verb.Verb}-while-away", verb with { RefuseIfEngineAway = true, EngineProblem = "No socket." });
        }

        yield return new("report-container-exited-with-output", new ReportContainerExited(Instance, "4f5e6d", Killed));
        yield return new("report-container-seen", new ReportContainerSeen(Instance, Running, 41));
        yield return new("report-container-seen-unasked", new ReportContainerSeen(Instance, Running, null));
        yield return new("report-container-seen-ended", new ReportContainerSeen(
            Instance, new ContainerSighting("4f5e6d", "nova-1", ContainerCondition.Ended, Time, Killed, null), 0));
        yield return new("report-container-seen-new", new ReportContainerSeen(
            Instance, new ContainerSighting("4f5e6d", "nova-1", ContainerCondition.NeverStarted, null, null, null), 1));
        yield return new("report-container-seen-paused", new ReportContainerSeen(
            Instance, Running with { Condition = ContainerCondition.Paused, Health = HealthStatus.Healthy }, 1));
        yield return new("report-engine-restarted", new ReportEngineRestarted(Instance, "4f5e6d"));
        yield return new("inspect-container", new InspectContainer(Host, Instance, "4f5e6d", 41));
        yield return new("inspect-container-that-ran-before", new InspectContainer(Host, Instance, "4f5e6d", 41)
        {
            LastFinishedAt = DateTimeOffset.UnixEpoch.AddDays(20_000),
        });
        yield return new("instance-found-kept-up", new InstanceFound(Instance, KeptUpView));
        yield return new("run-step-kept-up", new RunStep(
            Host, Instance, Operation, Token, StepKind.CreateContainer, 1, KeptUpSpec, Resolved, Alice, "sha256:feed", null,
            null, null));
        yield return new("admit-boot-refused-if-away", new AdmitBoot(
            Host, BareBoot with { RefuseIfEngineAway = true }));
        yield return new("host-busy", BusyHost);
        yield return new("host-list-busy", new HostList([BusyHost]));
        yield return new("reconcile-report-drifted", new ReconcileReport([new HostReconciled(
            Host,
            [new ReconcileFinding(FindingKind.DriftedContainer, "4f5e6d", Instance, FindingAction.Recorded, "Paused.")], 0, null)]));
        yield return new("boot-instance-kept-up", new BootInstance(
            Instance, Request, "web-1", "cirros", 2048, 2, [], EquatableMap<string>.Empty)
        {
            HealthCheck = Check,
            Upkeep = KeptUp,
            RefuseIfEngineAway = true,
        });
        foreach (var mode in Enum.GetValues<RestartMode>())
        {
            yield return new($"boot-instance-{mode}", new BootInstance(
                Instance, Request, "web-1", "cirros", 2048, 2, [], EquatableMap<string>.Empty)
            {
                HealthCheck = HealthCheck.Off,
                Upkeep = KeptUp with { Restart = new RestartPolicy(mode, 0) },
            });
        }
    }
}
