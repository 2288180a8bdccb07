using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// The ports that are to be plugged on this host, which are those to be looked after: known by the steps that were done, and
/// after a start by what the instances say.
/// </summary>
internal sealed class PluggedPorts
{
    private readonly Dictionary<PortId, (InstanceId Instance, Vif Vif)> _ports = [];

    /// <summary>True where there is one.</summary>
    public bool Any => _ports.Count > 0;

    /// <summary>Each with whose it is.</summary>
    public IEnumerable<(InstanceId Instance, Vif Vif)> All => _ports.Values;

    /// <summary>Learns of a step that has ended.</summary>
    public void Learn(StepFinished finished)
    {
        var step = finished.Step;
        foreach (var port in step.Ports)
        {
            if (finished.Result is StepResult.VifsPlugged plugged && plugged.Vifs.Any(vif => vif.Port == port.Vif.Id))
                _ports[port.Vif.Id] = (step.InstanceId, port.Vif);
            else if (step.Step == StepKind.UnplugVifs && (step.Port is null || step.Port == port.Vif.Id))
                _ports.Remove(port.Vif.Id);
        }
    }

    /// <summary>
    /// Learns of what instances say that rest; one that has something under way is about to say something else. A running one
    /// needs its ports whatever became of them; elsewhere those are looked after that its journal holds for plugged.
    /// </summary>
    public void Learn(IEnumerable<InstanceView> instances)
    {
        foreach (var view in instances.Where(view => view.Operation is null))
        {
            foreach (var (id, _) in _ports.Where(port => port.Value.Instance == view.Id).ToArray())
                _ports.Remove(id);
            foreach (var port in view.Ports.Where(port => view.Phase == InstancePhase.Active || port.IsPlugged))
                _ports[port.Vif.Id] = (view.Id, port.Vif);
        }
    }
}
