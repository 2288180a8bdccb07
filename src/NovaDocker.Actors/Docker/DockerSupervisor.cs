using Akka.Actor;
using Akka.Event;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Docker;

/// <summary>
/// Owns the connection pool to the host's Engine: opens it, closes it, asks now and then whether the Engine is there, and
/// does the steps that concern containers. An Engine that does not answer says nothing about its containers.
/// </summary>
/// <remarks>
/// Steps run side by side; the host sends one at a time for each instance. The pool bounds how many calls are under way.
/// </remarks>
internal sealed class DockerSupervisor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan StepMargin = TimeSpan.FromSeconds(30);

    private readonly IContainerEngineFactory _factory;
    private readonly EngineSettings _settings;
    private readonly InstanceSettings _instances;
    private readonly HostIdentity _host;
    private readonly ContainerBlueprint _blueprint;
    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private readonly Dictionary<InstanceId, (HostProtocol.RunStep Step, CancellationTokenSource Cancelled)> _running = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Null while it cannot be opened.</summary>
    private IContainerEngine? _engine;
    private IActorRef _watch = ActorRefs.Nobody;
    private EngineHealth _health = new(null, "The Engine was not asked yet.");
    private bool _isLooking;

    public DockerSupervisor(
        IContainerEngineFactory factory,
        EngineSettings settings,
        InstanceSettings instances,
        HostIdentity host,
        ContainerBlueprint blueprint,
        TimeProvider time)
    {
        _factory = factory;
        _settings = settings;
        _instances = instances;
        _host = host;
        _blueprint = blueprint;
        _time = time;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        IContainerEngineFactory factory,
        EngineSettings settings,
        InstanceSettings instances,
        HostIdentity host,
        ContainerBlueprint blueprint,
        TimeProvider time) =>
        Akka.Actor.Props.Create(() => new DockerSupervisor(factory, settings, instances, host, blueprint, time));

    /// <inheritdoc/>
    protected override void PreStart() => Open();

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopping.Cancel();
        foreach (var running in _running.Values)
            running.Cancelled.Dispose();
        _stopping.Dispose();
        // The pool closes its sockets at once; there is nobody left to wait for it.
        _ = _engine?.DisposeAsync().AsTask();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case HostProtocol.RunStep step:
                Run(step);
                break;
            case CancelStep cancel:
                // The end of a gentle stop is not worth waiting for; every other call is short, or must not be lost sight of.
                if (cancel.Step.Step == StepKind.StopContainer && IsRunning(cancel.Step, out var running))
                    running.Cancel();
                break;
            case StepFinished finished:
                if (IsRunning(finished.Step, out var ended))
                {
                    _running.Remove(finished.Step.InstanceId);
                    ended.Dispose();
                }

                Context.Parent.Tell(finished);
                if (finished.Fault?.Code == FaultCode.Unavailable)
                    Self.Tell(LookAtEngine.Instance);
                break;
            case ContainerActed acted:
                if (!IsOwnDoing(acted))
                    _watch.Tell(acted);
                break;
            case HostProtocol.InspectContainer ask:
                Inspect(ask);
                break;
            case HostProtocol.ReadConsole read:
                AnswerAsync(read.InstanceId, engine => ReadConsoleAsync(engine, read)).PipeTo(
                    Sender, failure: e => new Refused(read.InstanceId, RefusalCode.NoHost, e.Message));
                break;
            case HostProtocol.ReadUsage read:
                AnswerAsync(read.InstanceId, engine => ReadUsageAsync(engine, read)).PipeTo(
                    Sender, failure: e => new Refused(read.InstanceId, RefusalCode.NoHost, e.Message));
                break;
            case LookAtEngine when _isLooking:
                break;
            case LookAtEngine when _engine is { } engine:
                Look(engine);
                break;
            case LookAtEngine:
                Open();
                break;
            case ContainerInspected:
                Context.Parent.Tell(message);
                break;
            case InspectionFailed failed:
                // What the Engine told of it, it does not tell again.
                _log.Debug("A container could not be looked at: {0}", failed.Reason);
                Timers.StartSingleTimer(LookAgain.Instance, LookAgain.Instance, _settings.HealthInterval);
                break;
            case LookAgain:
                _watch.Tell(EngineAnswersAgain.Instance);
                break;
            case EngineHealth health:
                OnHealth(health);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Open()
    {
        try
        {
            _engine = _factory.Open(_settings);
        }
        catch (EngineException e)
        {
            // A certificate that cannot be read, and the like: until somebody mends it, the Engine is out of reach.
            OnHealth(new EngineHealth(null, e.Message));
            return;
        }

        Context.Parent.Tell(new EngineOpened(_engine));
        _watch = Context.ActorOf(EngineWatch.Props(_engine, _host, Context.Parent, _settings, _time), "watch");
        Look(_engine);
    }

    private void Run(HostProtocol.RunStep step)
    {
        if (_engine is not { } engine)
        {
            Context.Parent.Tell(StepFinished.Failed(step, new Fault(FaultCode.Unavailable, _health.Problem!)));
            return;
        }

        var steps = new ContainerSteps(engine, _host, _instances, _blueprint);
        var cancelled = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        _running[step.InstanceId] = (step, cancelled);
        var processors = _health.Info?.Processors ?? 1;
        StepRunner.RunAsync(
                step, DeadlineOf(step), token => steps.RunAsync(step, processors, token), cancelled.Token)
            .PipeTo(Self);
    }

    private bool IsRunning(HostProtocol.RunStep step, out CancellationTokenSource cancelled)
    {
        var isRunning = _running.TryGetValue(step.InstanceId, out var running) && running.Step.Token == step.Token;
        cancelled = running.Cancelled;
        return isRunning;
    }

    private bool IsOwnDoing(ContainerActed acted) =>
        _running.TryGetValue(acted.InstanceId, out var running)
        && EngineActions.IsDoingOf(running.Step.Step, acted.Action);

    private TimeSpan DeadlineOf(HostProtocol.RunStep step)
    {
        if (_instances.Deadlines.TryGetValue(step.Step.ToString(), out var own))
            return own;
        var usual = _settings.ControlTimeout + StepMargin;
        return step.Step == StepKind.StopContainer ? usual + (step.Terms.Grace ?? _instances.StopGraceOf(step.Spec)) : usual;
    }

    /// <summary>The Engine's answer about a container, or why there is none.</summary>
    private async Task<IInstanceReply> AnswerAsync(InstanceId instance, Func<IContainerEngine, Task<IInstanceReply>> read)
    {
        if (_engine is not { } engine)
            return new InstanceProtocol.Refused(instance, RefusalCode.NoHost, _health.Problem!);
        try
        {
            return await read(engine).ConfigureAwait(false);
        }
        catch (EngineException e)
        {
            var code = e.Kind == EngineErrorKind.NotFound ? RefusalCode.NoContainer : RefusalCode.NoHost;
            return new InstanceProtocol.Refused(instance, code, e.Message);
        }
    }

    private async Task<IInstanceReply> ReadConsoleAsync(IContainerEngine engine, HostProtocol.ReadConsole read)
    {
        var text = await engine.ReadConsoleAsync(
            read.ContainerId, read.Lines, InstanceProtocol.MaxConsoleBytes, since: null, _stopping.Token).ConfigureAwait(false);
        return new InstanceProtocol.ConsoleOutput(read.InstanceId, text.Text, text.Truncated);
    }

    private async Task<IInstanceReply> ReadUsageAsync(IContainerEngine engine, HostProtocol.ReadUsage read) => new UsageReport(
        read.InstanceId, await engine.ReadUsageAsync(read.ContainerId, _stopping.Token).ConfigureAwait(false));

    private void Inspect(HostProtocol.InspectContainer ask)
    {
        if (_engine is not { } engine)
            return;
        new ContainerInspection(engine, _instances.ExitOutputLines)
            .LookAsync(ask.ContainerId, ask.LastFinishedAt, _stopping.Token)
            .PipeTo(Self, success: seen => new ContainerInspected(ask, seen), failure: e => new InspectionFailed(e.Message));
    }

    private void Look(IContainerEngine engine)
    {
        _isLooking = true;
        engine.GetInfoAsync(_stopping.Token).PipeTo(
            Self,
            success: info => new EngineHealth(info, null),
            failure: e => new EngineHealth(
                null, e.Message, e is EngineException { Kind: EngineErrorKind.Unavailable }));
    }

    private void OnHealth(EngineHealth health)
    {
        _isLooking = false;
        var isBack = health.Info is not null && _health.Info is null;
        if (health.Info is { } info && _health.Info?.EngineId != info.EngineId)
            _log.Info("Engine {0}, API {1}, answers at {2}.", info.Version, info.ApiVersion, _settings.Host);
        else if (health.Problem is { } problem && (_health.Info is not null || _health.Problem != problem))
            _log.Warning("The Engine at {0} does not answer: {1}", _settings.Host, problem);
        _health = health;
        // In this order: a look at all containers counts for the host only when it knows that the Engine is back.
        Context.Parent.Tell(health);
        if (isBack)
            _watch.Tell(EngineAnswersAgain.Instance);
        Timers.StartSingleTimer(LookAtEngine.Instance, LookAtEngine.Instance, _settings.HealthInterval);
    }

    private sealed record InspectionFailed(string Reason) : INoSerializationVerificationNeeded;

    private sealed class LookAgain : INoSerializationVerificationNeeded
    {
        public static readonly LookAgain Instance = new();
    }
}
