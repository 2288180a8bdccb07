using NovaDocker.Domain.Hosts;
using NovaDocker.Wire.Mapping;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire;

/// <content>Operations of the past, what instances do by themselves, and what their containers use.</content>
internal static partial class WireRows
{
    private static WireRow[] Past() =>
    [
        WireRow.Of<GetOperation, V1.GetOperation>(
            "compute.get-operation.v1", V1.GetOperation.Parser, PastMapping.ToWire, PastMapping.ToDomain),
        WireRow.Of<OperationReport, V1.OperationReport>(
            "compute.operation-report.v1", V1.OperationReport.Parser, PastMapping.ToWire, PastMapping.ToDomain),
        WireRow.Of<AwaitLifecycle, V1.AwaitLifecycle>(
            "compute.await-lifecycle.v1", V1.AwaitLifecycle.Parser, PastMapping.ToWire, PastMapping.ToDomain),
        WireRow.Of<LifecyclePage, V1.LifecyclePage>(
            "compute.lifecycle-page.v1", V1.LifecyclePage.Parser, PastMapping.ToWire, PastMapping.ToDomain),
    ];

    private static WireRow[] Usage() =>
    [
        WireRow.Of<GetUsage, V1.GetUsage>(
            "instance.query.get-usage.v1", V1.GetUsage.Parser, UsageMapping.ToWire, UsageMapping.ToDomain),
        WireRow.Of<UsageReport, V1.UsageReport>(
            "instance.reply.usage-report.v1", V1.UsageReport.Parser, UsageMapping.ToWire, UsageMapping.ToDomain),
        WireRow.Of<HostProtocol.ReadUsage, V1.ReadUsage>(
            "host.read-usage.v1", V1.ReadUsage.Parser, UsageMapping.ToWire, UsageMapping.ToDomain),
    ];
}
