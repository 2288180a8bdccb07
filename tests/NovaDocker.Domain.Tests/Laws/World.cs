using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Laws;

/// <summary>
/// What may lie about on the host and in the image store after a history, thinking the worst: what was begun may have
/// been made, whatever was heard of it, and only what was reported removed is gone. A host is told of the ports that the
/// instance knows of, and of no others.
/// </summary>
internal sealed class World
{
    private readonly Dictionary<OperationId, SnapshotTarget> _targets = [];
    private readonly HashSet<string> _things = [];
    private InstanceState _state = InstanceState.Absent.Instance;

    private World()
    {
    }

    /// <summary>What lies about that nobody asked to keep.</summary>
    public IReadOnlyCollection<string> Leftovers => _things;

    public static World After(IEnumerable<InstanceEvent> history)
    {
        var world = new World();
        foreach (var @event in history)
        {
            world.See(@event);
            world._state = world._state.Apply(@event);
        }

        return world;
    }

    private void See(InstanceEvent @event)
    {
        switch (@event)
        {
            case SnapshotRequested e:
                _targets[e.OperationId] = e.Target;
                break;
            case DeleteRequested { Discarded: { } target } e:
                _targets[e.OperationId] = target;
                break;
            case StepStarted { Step: StepKind.PlugVifs }:
                _things.UnionWith(PortsConcerned());
                break;
            case StepCompleted { Step: StepKind.UnplugVifs }:
                _things.ExceptWith(PortsConcerned());
                break;
            case StepStarted e when Made(e.Step) is { } kind:
                _things.Add(Thing(kind, e.OperationId));
                break;
            case StepCompleted e when Removed(e.Step) is { } kind:
                _things.Remove(Thing(kind, e.OperationId));
                break;
            // Given up in the open: the history names it, and the host's own tidying finds it by its label.
            case StepFailed { RetryAt: null, Step: StepKind.DiscardUpload or StepKind.RemoveCommit } e:
                _things.Remove(Thing(Removed(e.Step)!, e.OperationId));
                break;
        }
    }

    private static string? Made(StepKind step) => step switch
    {
        StepKind.ClaimResources => "claim",
        StepKind.CreateContainer => "container",
        StepKind.CreateSandbox => "sandbox",
        StepKind.StartRescue => "rescue container",
        StepKind.CommitContainer => "commit",
        StepKind.UploadSnapshot => "half upload",
        _ => null,
    };

    private static string? Removed(StepKind step) => step switch
    {
        StepKind.ReleaseResources => "claim",
        StepKind.RemoveContainer => "container",
        StepKind.RemoveSandbox => "sandbox",
        StepKind.RemoveRescue => "rescue container",
        StepKind.RemoveCommit => "commit",
        // Complete, it is what was asked for and stays.
        StepKind.UploadSnapshot or StepKind.DiscardUpload => "half upload",
        _ => null,
    };

    private IEnumerable<string> PortsConcerned()
    {
        var (facts, operation) = (InstanceState.Working)_state;
        return PortSample.Concerned(facts.Ports, operation.Port).Select(port => $"port {port.Vif.Id}");
    }

    private string Thing(string kind, OperationId operation) =>
        _targets.TryGetValue(operation, out var target) && kind is "commit" or "half upload"
            ? $"{kind} of {target!.ImageId}"
            : kind;
}
