using NovaDocker.Wire.Mapping;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire;

/// <content>What makes an instance another one than it was booted as.</content>
internal static partial class WireRows
{
    private static WireRow[] Changes() =>
    [
        WireRow.Of<RebuildRequested, V1.RebuildRequested>(
            "instance.rebuild-requested.v1", V1.RebuildRequested.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<ResizeRequested, V1.ResizeRequested>(
            "instance.resize-requested.v1", V1.ResizeRequested.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<RescueRequested, V1.RescueRequested>(
            "instance.rescue-requested.v1", V1.RescueRequested.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<Suspend, V1.Suspend>(
            "instance.command.suspend.v1", V1.Suspend.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<Resume, V1.Resume>(
            "instance.command.resume.v1", V1.Resume.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<Rebuild, V1.Rebuild>(
            "instance.command.rebuild.v1", V1.Rebuild.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<Resize, V1.Resize>(
            "instance.command.resize.v1", V1.Resize.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<ConfirmResize, V1.ConfirmResize>(
            "instance.command.confirm-resize.v1", V1.ConfirmResize.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<RevertResize, V1.RevertResize>(
            "instance.command.revert-resize.v1", V1.RevertResize.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<Rescue, V1.Rescue>(
            "instance.command.rescue.v1", V1.Rescue.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<Unrescue, V1.Unrescue>(
            "instance.command.unrescue.v1", V1.Unrescue.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<TellVifPlugging, V1.TellVifPlugging>(
            "instance.command.tell-vif-plugging.v1", V1.TellVifPlugging.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<RebuildInstance, V1.RebuildInstance>(
            "compute.rebuild-instance.v1", V1.RebuildInstance.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
        WireRow.Of<RescueInstance, V1.RescueInstance>(
            "compute.rescue-instance.v1", V1.RescueInstance.Parser, ChangeMapping.ToWire, ChangeMapping.ToDomain),
    ];
}
