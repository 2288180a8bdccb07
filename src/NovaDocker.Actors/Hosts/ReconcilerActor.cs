using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Instances;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Hosts.HostProtocol;

namespace NovaDocker.Actors.Hosts;

/// <summary>
/// Compares the Engine with the journal: at start, now and then, and when somebody asks. What the Engine lost or ended is
/// told to the instance, which judges; what nobody accounts for is removed once it has been seen for the grace time.
/// What does not carry our labels is not even looked at.
/// </summary>
internal sealed class ReconcilerActor : UntypedActor, IWithTimers, IWithUnboundedStash
{
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(30);

    /// <summary>When it is compared again where an instance that lives did not answer yet.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly HostIdentity _host;
    private readonly HostSettings _settings;
    private readonly IActorRef _region;
    private readonly IActorRef _networks;
    private readonly InstanceSurvey _survey;
    private readonly FileLook _files;
    private readonly Leftovers _leftovers;
    private readonly GraceTime _grace;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();

    private IContainerEngine? _engine;
    private IActorRef _asking = ActorRefs.Nobody;
    private bool _isComparing;
    private bool _isDryRun;
    private string? _lastProblem;

    public ReconcilerActor(
        HostIdentity host, HostSettings settings, IActorRef region, IActorRef networks, HostParts parts, TimeProvider time)
    {
        _host = host;
        _settings = settings;
        _region = region;
        _networks = networks;
        var finder = new InstanceFinder(region);
        _survey = new InstanceSurvey(finder, parts.FindLiving, _log);
        _files = new FileLook(parts.Contents, finder);
        _leftovers = new Leftovers(parts.Contents);
        _grace = new GraceTime(settings.OrphanGrace, time);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    public IStash Stash { get; set; } = null!;

    public static Props Props(
        HostIdentity host, HostSettings settings, IActorRef region, IActorRef networks, HostParts parts, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new ReconcilerActor(host, settings, region, networks, parts, time));

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
            case EngineOpened opened:
                _engine = opened.Engine;
                Compare(isDryRun: false);
                break;
            case Due:
                Compare(isDryRun: false);
                break;
            case ReconcileHost when _isComparing:
                Stash.Stash();
                break;
            case ReconcileHost ask:
                _asking = Sender;
                Compare(ask.DryRun);
                break;
            case Compared compared:
                OnCompared(compared);
                break;
            case HostReconciled settled:
                OnSettled(settled);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Compare(bool isDryRun)
    {
        if (_isComparing)
            return;
        if (_engine is not { } engine)
        {
            OnSettled(new HostReconciled(_host.Id, [], 0, "The Engine's connection is not open yet."));
            return;
        }

        (_isComparing, _isDryRun) = (true, isDryRun);
        CompareAsync(engine, _stopping.Token).PipeTo(Self);
    }

    private async Task<Compared> CompareAsync(IContainerEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            var labels = Labels.OfHost(_host);
            var containers = await engine.ListContainersAsync(labels, cancellationToken).ConfigureAwait(false);
            var images = await engine.ListImagesAsync(labels, cancellationToken).ConfigureAwait(false);

            var files = _files.Kept();

            // The instances are asked after the Engine: what they account for by then is no orphan.
            var views = await _survey.AskAsync(containers.Select(container => FileLook.OwnerOf(container.Labels)).OfType<InstanceId>())
                .ConfigureAwait(false);
            var differences = Reconciliation.Compare(
                [.. containers.Where(IsOfInstance).Select(Seen)], [.. images.SelectMany(SnapshotTags)], views)
                .Concat(SandboxReconciliation.Compare([.. containers.Select(SeenSandbox).OfType<SeenSandbox>()], views))
                .Concat(RescueReconciliation.Compare(
                    [.. containers.Where(container => Labels.RescueOf(container.Labels) is not null).Select(SeenRescue)], views))
                .Concat(await _files.CompareAsync(files, containers.Select(container => container.Labels), views).ConfigureAwait(false))
                .ToList();
            return new Compared(
                await KeepTrueAsync(engine, differences, cancellationToken).ConfigureAwait(false),
                [.. views.Values.Where(view => view.Host == _host.Id)], null);
        }
        catch (Exception e) when (e is EngineException or AskTimeoutException or OperationCanceledException or IOException)
        {
            return new Compared([], [], e.Message);
        }
    }

    /// <summary>
    /// A container or sandbox may have been made, or started, after the look at the Engine: it is lost only if a second look misses
    /// it, too.
    /// </summary>
    private static async Task<List<Difference>> KeepTrueAsync(
        IContainerEngine engine, List<Difference> differences, CancellationToken cancellationToken)
    {
        var kept = new List<Difference>(differences.Count);
        foreach (var difference in differences)
        {
            if (difference.Kind is not (FindingKind.LostContainer or FindingKind.LostSandbox)
                || await engine.FindContainerAsync(difference.Subject, cancellationToken).ConfigureAwait(false) is not { } found
                || (difference.Sighting is not null && !found.IsRunning))
                kept.Add(difference);
        }

        return kept;
    }

    private void OnCompared(Compared compared)
    {
        if (compared.Problem is { } problem)
        {
            if (problem != _lastProblem)
                _log.Warning("The Engine could not be compared with the journal: {0}", problem);
            _lastProblem = problem;
            OnSettled(new HostReconciled(_host.Id, [], 0, problem));
            return;
        }

        _lastProblem = null;
        Context.Parent.Tell(new InstancesSeen(compared.Instances));
        _grace.Keep(compared.Differences.Select(difference => difference.Subject));
        SettleAsync(
            [.. compared.Differences.Select(difference => (difference, Decide(difference)))],
            new CompareNetwork(compared.Instances, _isDryRun)).PipeTo(Self);
    }

    private FindingAction Decide(Difference difference)
    {
        if (_isDryRun || difference.Kind == FindingKind.UnknownContainer)
            return FindingAction.Reported;
        if (difference.Kind is FindingKind.LostContainer or FindingKind.EndedContainer or FindingKind.DriftedContainer
            or FindingKind.LostSandbox)
            return FindingAction.Recorded;
        if (_grace.Begin(difference.Subject))
            _log.Warning("{0} {1} is left over: {2}", difference.Kind, difference.Subject, difference.Reason);
        return _grace.IsOver(difference.Subject) ? FindingAction.Removed : FindingAction.AwaitingGrace;
    }

    private async Task<HostReconciled> SettleAsync((Difference Difference, FindingAction Action)[] decided, CompareNetwork network)
    {
        var findings = new List<ReconcileFinding>(decided.Length);
        foreach (var (difference, action) in decided)
            findings.Add(await SettleAsync(difference, action).ConfigureAwait(false));
        var compared = await CompareNetworkAsync(network).ConfigureAwait(false);
        findings.AddRange(compared.Findings);
        return new HostReconciled(
            _host.Id, findings.Take(MaxFindings).ToEquatableArray(), Math.Max(0, findings.Count - MaxFindings),
            compared.Problem is { } problem ? $"Of the network nothing is known: {problem}" : null);
    }

    private async Task<NetworkCompared> CompareNetworkAsync(CompareNetwork network)
    {
        try
        {
            return await _networks.Ask<NetworkCompared>(network, NetworkTimeout).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return new NetworkCompared([], $"It took more than {NetworkTimeout.TotalSeconds:0} s to look at it.");
        }
    }

    private async Task<ReconcileFinding> SettleAsync(Difference difference, FindingAction action)
    {
        var reason = difference.Reason;
        try
        {
            switch (difference.Kind, action)
            {
                case (FindingKind.LostContainer, FindingAction.Recorded):
                    _region.Tell(new InstanceProtocol.ReportContainerLost(difference.InstanceId!.Value, difference.Subject));
                    break;
                case (FindingKind.EndedContainer or FindingKind.DriftedContainer, FindingAction.Recorded):
                    _region.Tell(new InstanceProtocol.ReportContainerSeen(
                        difference.InstanceId!.Value, difference.Sighting!, AskedAt: null));
                    break;
                case (FindingKind.LostSandbox, FindingAction.Recorded):
                    _region.Tell(new InstanceProtocol.ReportSandboxLost(
                        difference.InstanceId!.Value, difference.Subject, difference.Sighting?.RunStartedAt,
                        IsRemoved: difference.Sighting is null));
                    break;
                case (_, FindingAction.Removed):
                    await _leftovers.RemoveAsync(difference, _engine!, _stopping.Token).ConfigureAwait(false);
                    break;
            }
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            (action, reason) = (FindingAction.Failed, $"{reason} It could not be removed: {e.Message}");
        }

        return new ReconcileFinding(difference.Kind, difference.Subject, difference.InstanceId, action, reason);
    }

    private void OnSettled(HostReconciled settled)
    {
        foreach (var finding in settled.Findings.Where(finding => finding.Action is FindingAction.Removed or FindingAction.Failed))
            _log.Warning("{0} {1}: {2}. {3}", finding.Kind, finding.Subject, finding.Action, finding.Reason);
        if (!_asking.IsNobody())
            _asking.Tell(settled);
        _asking = ActorRefs.Nobody;
        _isComparing = false;
        Stash.UnstashAll();
        var isSoon = _engine is not null && _lastProblem is null && !_survey.IsWhole && _settings.ReconcileInterval > Soon;
        Timers.StartSingleTimer(Due.Instance, Due.Instance, isSoon ? Soon : _settings.ReconcileInterval);
    }

    private static bool IsOfInstance(ContainerSnapshot container) =>
        Labels.SandboxOf(container.Labels) is null && Labels.RescueOf(container.Labels) is null;

    private static SeenRescue SeenRescue(ContainerSnapshot container) =>
        new(Labels.RescueOf(container.Labels)!.Value, container.Sighting);

    private static SeenContainer Seen(ContainerSnapshot container) =>
        new(Labels.InstanceOf(container.Labels), container.Sighting);

    private static IEnumerable<string> SnapshotTags(EngineImage image) =>
        image.Tags.Where(tag => tag.StartsWith($"{Images.ImageTags.SnapshotRepository}:", StringComparison.Ordinal));

    private static SeenSandbox? SeenSandbox(ContainerSnapshot container) =>
        Labels.SandboxOf(container.Labels) is { } owner ? new SeenSandbox(owner, container.Sighting) : null;

    private sealed record Compared(List<Difference> Differences, ImmutableArray<InstanceView> Instances, string? Problem) : INoSerializationVerificationNeeded;

    private sealed class Due : INoSerializationVerificationNeeded
    {
        public static readonly Due Instance = new();
    }
}
