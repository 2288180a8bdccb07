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
    private readonly Dictionary<PortId, Entry> _ports = [];

    /// <summary>The revision of the last step of each instance that was learnt of: what it said before is out of date.</summary>
    private readonly Dictionary<InstanceId, long> _newest = [];

    /// <summary>True where there is one.</summary>
    public bool Any => _ports.Count > 0;

    /// <summary>Each with whose it is.</summary>
    public IEnumerable<(InstanceId Instance, Vif Vif)> All => _ports.Values.Select(port => (port.Instance, port.Vif));

    /// <summary>How many steps were learnt of: a look that began at a moment says nothing about what was plugged after it.</summary>
    public long Moment { get; private set; }

    /// <summary>Those that have not been plugged anew since a moment.</summary>
    public IEnumerable<(InstanceId Instance, Vif Vif)> UnchangedSince(long moment) =>
        _ports.Values.Where(port => port.Learnt <= moment).Select(port => (port.Instance, port.Vif));

    /// <summary>Learns of a step that has ended.</summary>
    public void Learn(StepFinished finished)
    {
        Moment++;
        var step = finished.Step;
        _newest[step.InstanceId] = Math.Max(step.Token.Revision, _newest.GetValueOrDefault(step.InstanceId));
        foreach (var port in step.Ports)
        {
            if (finished.Result is StepResult.VifsPlugged plugged && plugged.Vifs.Any(vif => vif.Port == port.Vif.Id))
                _ports[port.Vif.Id] = new Entry(step.InstanceId, port.Vif, Moment);
            else if (step.Step == StepKind.UnplugVifs && (step.Port is null || step.Port == port.Vif.Id))
                _ports.Remove(port.Vif.Id);
        }
    }

    /// <summary>
    /// Learns of what instances say that rest; one that has something under way is about to say something else, and what one
    /// said before its last step is out of date. A running one needs its ports whatever became of them; of one that is paused
    /// or stopped those are looked after that its journal holds for plugged, and one in Error is not waiting to hear of any.
    /// </summary>
    public void Learn(IEnumerable<InstanceView> instances)
    {
        foreach (var view in instances.Where(view => view.Operation is null && view.Revision > _newest.GetValueOrDefault(view.Id)))
        {
            var before = _ports.Where(port => port.Value.Instance == view.Id).ToDictionary();
            foreach (var id in before.Keys)
                _ports.Remove(id);
            foreach (var port in view.Ports.Where(port => IsLookedAfter(view.Phase, port)))
            {
                var learnt = before.TryGetValue(port.Vif.Id, out var known) ? known.Learnt : Moment;
                _ports[port.Vif.Id] = new Entry(view.Id, port.Vif, learnt);
            }
        }
    }

    private static bool IsLookedAfter(InstancePhase phase, InstancePort port) =>
        phase == InstancePhase.Active || (port.IsPlugged && phase is InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Stopped);

    private sealed record Entry(InstanceId Instance, Vif Vif, long Learnt);
}
