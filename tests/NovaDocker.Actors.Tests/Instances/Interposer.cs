using Akka.Actor;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Tests.Instances;

/// <summary>Stands between brain and hands: kills the brain instead of passing a step on, or holds a step for a while.</summary>
internal sealed class Interposer : UntypedActor
{
    public const string Reached = "reached?";
    public const string GoOn = "go on";
    public const string HowMany = "how many?";

    private readonly List<long> _revisions = [];
    private readonly List<HostProtocol.RunStep> _held = [];
    private readonly List<IActorRef> _asking = [];
    private Setup _setup = null!;
    private StepKind? _holdAt;
    private bool _hasReached;
    private bool _hasKilled;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Setup setup:
                _setup = setup;
                _holdAt = setup.HoldAt;
                break;
            case HostProtocol.RunStep step:
                OnStep(step);
                break;
            case Reached:
                _asking.Add(Sender);
                Answer();
                break;
            case GoOn when _hasReached:
                _holdAt = null;
                foreach (var held in _held)
                    _setup.Host.Tell(held, ActorRefs.NoSender);
                _held.Clear();
                break;
            case GoOn:
                break;
            case HowMany:
                Sender.Tell(new Sent([.. _revisions]));
                break;
            default:
                _setup.Host.Forward(message);
                break;
        }
    }

    private void OnStep(HostProtocol.RunStep step)
    {
        if (_revisions.Count == 0 || _revisions[^1] != step.Token.Revision)
            _revisions.Add(step.Token.Revision);
        if (!_hasKilled && _setup.Kill is { Moment: KillMoment.BeforeTheHostIsTold, After: var after } && step.Token.Revision >= after)
        {
            _hasKilled = true;
            _setup.Entities.Tell(new EntityHost.Kill(_setup.Id));
            return;
        }

        if (step.Step == _holdAt)
        {
            _held.Add(step);
            _hasReached = true;
            Answer();
        }
        else
            _setup.Host.Forward(step);
    }

    private void Answer()
    {
        if (!_hasReached)
            return;
        foreach (var asking in _asking)
            asking.Tell(Reached);
        _asking.Clear();
    }

    /// <summary>What it stands between, and what it is to do.</summary>
    internal sealed record Setup(IActorRef Host, IActorRef Entities, InstanceId Id, StepKind? HoldAt, Kill? Kill)
        : INoSerializationVerificationNeeded;

    /// <summary>The revisions of the steps that came by, each once, in order.</summary>
    internal sealed record Sent(IReadOnlyList<long> Revisions) : INoSerializationVerificationNeeded;
}
