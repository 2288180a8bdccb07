using Akka.Actor;
using Akka.Event;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Docker;

/// <summary>
/// Watches the Engine for what happens to containers of this host. Events of the Engine are hints and inspect is the truth:
/// each is looked up, but for those that a step under way brings about itself, which its owner tells; and after every gap all
/// containers are. What is seen goes to the instance, which judges.
/// </summary>
internal sealed class EngineWatch : UntypedActor, IWithTimers
{
    /// <summary>How far back a new subscription reaches before the last event seen.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    private readonly IContainerEngine _engine;
    private readonly HostIdentity _host;
    private readonly IActorRef _agent;
    private readonly EngineSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();

    private DateTimeOffset _since;
    private bool _isFollowing;

    public EngineWatch(
        IContainerEngine engine, HostIdentity host, IActorRef agent, EngineSettings settings, TimeProvider time)
    {
        _engine = engine;
        _host = host;
        _agent = agent;
        _settings = settings;
        _since = time.GetUtcNow();
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        IContainerEngine engine, HostIdentity host, IActorRef agent, EngineSettings settings, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new EngineWatch(engine, host, agent, settings, time));

    /// <inheritdoc/>
    protected override void PreStart() => Subscribe();

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ContainerEvent happened:
                OnEvent(happened);
                break;
            case ContainerActed acted:
                Look(acted);
                break;
            case SubscriptionEnded ended:
                _isFollowing = false;
                _log.Debug("The Engine's event stream ended: {0}", ended.Reason);
                Context.Parent.Tell(LookAtEngine.Instance);
                Timers.StartSingleTimer(SubscribeAgain.Instance, SubscribeAgain.Instance, _settings.HealthInterval);
                break;
            case EngineAnswersAgain when _isFollowing:
                LookAtAll();
                break;
            case EngineAnswersAgain or SubscribeAgain:
                Subscribe();
                break;
            case ContainersSeen seen:
                OnContainersSeen(seen);
                break;
            case LookFailed failed:
                // What it would have shown is made up for by a look at all.
                _log.Debug("A look at the Engine failed: {0}", failed.Reason);
                Timers.StartSingleTimer(LookAgain.Instance, LookAgain.Instance, _settings.HealthInterval);
                break;
            case LookAgain:
                LookAtAll();
                break;
            case Looked { Container: { } container } looked:
                _agent.Tell(new ContainerStirred(looked.InstanceId, container.Sighting));
                break;
            case Looked:
                break;
            case SandboxLooked looked:
                if (looked.Sandbox is { IsRunning: false } sandbox)
                    _agent.Tell(new SandboxEnded(looked.Owner, sandbox.Id, sandbox.StartedAt, IsRemoved: false));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Subscribe()
    {
        Timers.Cancel(SubscribeAgain.Instance);
        _isFollowing = true;
        var self = Self;
        var token = _stopping.Token;
        FollowAsync(self, _engine, _since - Overlap, token).PipeTo(self, failure: e => new SubscriptionEnded(e.Message));
        LookAtAll();

        static async Task<SubscriptionEnded> FollowAsync(
            IActorRef self, IContainerEngine engine, DateTimeOffset since, CancellationToken cancellationToken)
        {
            await foreach (var happened in engine.WatchContainersAsync(since, cancellationToken).ConfigureAwait(false))
                self.Tell(happened);
            return new SubscriptionEnded("The Engine closed it.");
        }
    }

    private void LookAtAll() =>
        _engine.ListContainersAsync(Labels.OfHost(_host), _stopping.Token).PipeTo(
            Self, success: seen => new ContainersSeen(seen), failure: e => new LookFailed(e.Message));

    private void OnEvent(ContainerEvent happened)
    {
        // The last one counts, and not the latest: the Engine's clock may have been set back.
        _since = happened.At;
        if (!IsOurs(happened))
            return;
        if (Labels.SandboxOf(happened.Labels) is { } owner)
            OnSandboxEvent(owner, happened);
        if (Labels.InstanceOf(happened.Labels) is not { } instance)
            return;
        if (happened.Action == "destroy")
            _agent.Tell(new ContainerVanished(instance, happened.ContainerId));
        else if (EngineActions.MayBeNews(happened.Action))
            Context.Parent.Tell(new ContainerActed(instance, happened.ContainerId, happened.Action));
    }

    private void OnSandboxEvent(InstanceId owner, ContainerEvent happened)
    {
        if (happened.Action == "destroy")
            _agent.Tell(new SandboxEnded(owner, happened.ContainerId, null, IsRemoved: true));
        else if (happened.Action == "die")
        {
            _engine.FindContainerAsync(happened.ContainerId, _stopping.Token).PipeTo(
                Self, success: sandbox => new SandboxLooked(owner, sandbox), failure: e => new LookFailed(e.Message));
        }
    }

    private void Look(ContainerActed acted) =>
        _engine.FindContainerAsync(acted.ContainerId, _stopping.Token).PipeTo(
            Self,
            success: container => new Looked(acted.InstanceId, container),
            failure: e => new LookFailed(e.Message));

    private void OnContainersSeen(ContainersSeen seen)
    {
        _agent.Tell(seen);
        foreach (var container in seen.Containers)
        {
            if (Labels.InstanceOf(container.Labels) is { } instance)
                _agent.Tell(new ContainerStirred(instance, container.Sighting));
            else if (Labels.SandboxOf(container.Labels) is { } owner && !container.IsRunning)
                _agent.Tell(new SandboxEnded(owner, container.Id, container.StartedAt, IsRemoved: false));
        }
    }

    private bool IsOurs(ContainerEvent happened) =>
        happened.Labels.GetValueOrDefault(Labels.Host) == _host.Id.Value
        && happened.Labels.GetValueOrDefault(Labels.Cluster) == _host.ClusterName;

    private sealed record SubscriptionEnded(string Reason) : INoSerializationVerificationNeeded;

    private sealed record LookFailed(string Reason) : INoSerializationVerificationNeeded;

    private sealed record Looked(InstanceId InstanceId, ContainerSnapshot? Container) : INoSerializationVerificationNeeded;

    private sealed record SandboxLooked(InstanceId Owner, ContainerSnapshot? Sandbox) : INoSerializationVerificationNeeded;

    private sealed class LookAgain : INoSerializationVerificationNeeded
    {
        public static readonly LookAgain Instance = new();
    }

    private sealed class SubscribeAgain : INoSerializationVerificationNeeded
    {
        public static readonly SubscribeAgain Instance = new();
    }
}
