using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Hosts;

/// <summary>
/// Knows which host agent goes by which stable host id: it asks every node that joins the cluster. A step for a host that
/// is away is dropped, and sent again by its instance until the host is back.
/// </summary>
internal sealed class HostDirectory : UntypedActor, IWithTimers
{
    /// <summary>Where a node's host agent is found.</summary>
    public const string AgentPath = "user/host";

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<HostId, IActorRef> _agents = [];
    private readonly HashSet<Address> _unidentified = [];
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => _cluster.Subscribe(
        Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        typeof(ClusterEvent.MemberUp), typeof(ClusterEvent.MemberRemoved));

    /// <inheritdoc/>
    protected override void PostStop() => _cluster.Unsubscribe(Self);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberUp up:
                _unidentified.Add(up.Member.Address);
                Identify();
                break;
            case ClusterEvent.MemberRemoved removed:
                _unidentified.Remove(removed.Member.Address);
                break;
            case HostProtocol.HostIdentified identified:
                OnIdentified(identified.HostId);
                break;
            case Terminated terminated:
                OnTerminated(terminated.ActorRef);
                break;
            case IdentifyAgain:
                Identify();
                break;
            case ComputeProtocol.ListHosts:
                Questions.ListAsync().PipeTo(Sender);
                break;
            case ComputeProtocol.Reconcile reconcile:
                Questions.ReconcileAsync(reconcile.DryRun).PipeTo(Sender);
                break;
            case ComputeProtocol.ListNetworks list:
                Questions.NetworksAsync(list).PipeTo(Sender);
                break;
            case ComputeProtocol.PullImage pull:
                Questions.PullAsync(pull).PipeTo(Sender);
                break;
            case ComputeProtocol.CollectImages collect:
                Questions.CollectAsync(collect).PipeTo(Sender);
                break;
            case PickHost pick:
                Sender.Tell(_agents.Count == 0
                    ? new InstanceProtocol.Refused(pick.InstanceId, RefusalCode.NoHost, "No compute host is up at present.")
                    : new HostPicked(_agents.Keys.MinBy(id => id.Value, StringComparer.Ordinal)));
                break;
            case HostProtocol.IHostMessage toHost:
                Pass(toHost);
                break;
            case ComputeProtocol.ListImages or ComputeProtocol.BeginImageUpload or ComputeProtocol.ImageChunk
                or ComputeProtocol.AbandonImageUpload:
                PassToAny(message);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private HostQuestions Questions => new([.. _agents]);

    private void Identify()
    {
        foreach (var address in _unidentified)
            Context.ActorSelection($"{address}/{AgentPath}").Tell(new HostProtocol.IdentifyHost());
        if (_unidentified.Count > 0)
            Timers.StartSingleTimer(IdentifyAgain.Instance, IdentifyAgain.Instance, AskAgain);
    }

    private void OnIdentified(HostId id)
    {
        var agent = Sender;
        var address = agent.Path.Address.HasLocalScope ? _cluster.SelfAddress : agent.Path.Address;
        _unidentified.Remove(address);
        if (_agents.TryGetValue(id, out var known) && known.Equals(agent))
            return;
        _agents[id] = agent;
        Context.Watch(agent);
        _log.Info("Host {0} is at {1}.", id, address);
    }

    private void OnTerminated(IActorRef agent)
    {
        foreach (var (id, _) in _agents.Where(entry => entry.Value.Equals(agent)).ToArray())
            _agents.Remove(id);
    }

    private void Pass(HostProtocol.IHostMessage message)
    {
        if (_agents.TryGetValue(message.HostId, out var agent))
            agent.Forward(message);
        else if (message is HostProtocol.RunStep step)
            _log.Debug("Host {0} is away; step {1} of instance {2} waits.", step.HostId, step.Step, step.InstanceId);
        else if (message is HostProtocol.GetHost)
            Sender.Tell(HostQuestions.Silent(message.HostId, "The host is away at present."));
        else if (message is HostProtocol.InspectContainer look)
            _log.Debug("Host {0} is away; container {1} is looked at when it is back.", look.HostId, look.ContainerId);
        else if (message is IWithInstanceId { InstanceId: var instance })
            Sender.Tell(new InstanceProtocol.Refused(instance, RefusalCode.NoHost, $"Host {message.HostId} is away at present."));
    }

    private void PassToAny(object message)
    {
        if (_agents.Values.FirstOrDefault() is { } agent)
            agent.Forward(message);
        else
            Sender.Tell(HostQuestions.NoHost());
    }

    /// <summary>Which host is a new instance to live on? Answered by <see cref="HostPicked"/>, or refused.</summary>
    internal sealed record PickHost(InstanceId InstanceId) : INoSerializationVerificationNeeded;

    /// <summary>On this one.</summary>
    internal sealed record HostPicked(HostId HostId) : INoSerializationVerificationNeeded;

    private sealed class IdentifyAgain : INoSerializationVerificationNeeded
    {
        public static readonly IdentifyAgain Instance = new();
    }
}
