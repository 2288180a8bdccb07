using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>What came with the HTTP door: operations of the past, what instances do by themselves, what containers use.</summary>
public static partial class Samples
{
    private static OperationRecord Ended =>
        new(Operation, InstanceVerb.Snapshot, "req-1", 17, OperationEnd.Failed, Fault, StepKind.UploadSnapshot);

    private static HostView MeasuredHost => HealthyHost with
    {
        EngineApiVersion = "1.41",
        Machine = new HostMachine(2, 16.5, 24_105, 512, 1.25, 1024),
        Disk = new DiskUse("/var/lib/docker", 1L << 40, 1L << 39),
        JournalProblem = "The journal's file was removed.",
    };

    private static IEnumerable<Sample> PastMessages()
    {
        yield return new("get-operation", new GetOperation(Instance, Operation));
        yield return new("operation-report", new OperationReport(Instance, Ended));
        yield return new("operation-report-of-none", new OperationReport(Instance, null));
        foreach (var end in Enum.GetValues<OperationEnd>())
            yield return new($"operation-report-{end}", new OperationReport(Instance, Ended with { End = end }));
        yield return new("operation-report-of-one-under-way", new OperationReport(
            Instance, Ended with { RequestId = "", End = null, Fault = null, FaultStep = null }));
        yield return new("await-lifecycle", new AwaitLifecycle(1L << 40, TimeSpan.FromTicks(200_000_001)));
        yield return new("await-lifecycle-from-now", new AwaitLifecycle(null, TimeSpan.Zero));
        yield return new("lifecycle-page", new LifecyclePage(
            [
                .. Enum.GetValues<LifecycleTransition>()
                    .Select((transition, i) => new LifecycleEvent(i + 1, Instance, transition, Time.AddTicks(i), $"reason {i}")),
            ],
            99));
        yield return new("lifecycle-page-of-nothing", new LifecyclePage([], 0));
        yield return new("host-measured", MeasuredHost);
    }

    private static IEnumerable<Sample> UsageMessages()
    {
        yield return new("get-usage", new GetUsage(Instance));
        yield return new("read-usage", new HostProtocol.ReadUsage(Host, Instance, "4f5e6d"));
        yield return new("usage-report", new UsageReport(Instance, new ContainerUsage(TimeSpan.FromTicks(1_234_567), 1L << 33)));
        yield return new("usage-report-without-memory", new UsageReport(Instance, new ContainerUsage(TimeSpan.Zero, null)));
        yield return new("usage-report-of-nothing", new UsageReport(Instance, null));
    }

    private static IEnumerable<Sample> KeepingMessages()
    {
        yield return new("collect-images-keeping", new CollectImages(Host, DryRun: false) { Kept = [Image] });
        yield return new("host-collect-images-keeping", new HostProtocol.CollectImages(Host, DryRun: false) { Kept = [Image] });
    }
}
