using Akka.Actor;
using Akka.Event;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using static NovaDocker.Domain.Hosts.HostProtocol;

namespace NovaDocker.Actors.Images;

/// <summary>
/// Sees to it that images which nobody uses do not fill the Engine's disk: now and then, and when somebody asks. One collection at a
/// time. At its start it only looks, so that the ledger hears what has gone meanwhile; to take anything away it waits until the
/// instances are back.
/// </summary>
internal sealed class ImageCollectorActor : UntypedActor, IWithTimers, IWithUnboundedStash
{
    /// <summary>How long an image is left alone that the Engine did not let go, unless somebody asks.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    /// <summary>Transient: when the Engine last refused to let an image go.</summary>
    private readonly Dictionary<ImageId, long> _refusedAt = [];

    private readonly ImageKeeping _keeping;
    private readonly ImageSettings _settings;
    private readonly EngineDisk _disk;
    private readonly IActorRef _images;
    private readonly IActorRef _ledger;
    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();
    private IContainerEngine? _engine;
    private IActorRef _asking = ActorRefs.Nobody;
    private bool _isCollecting;
    private string? _lastProblem;

    public ImageCollectorActor(
        ImageKeeping keeping, ImageSettings settings, EngineDisk disk, IActorRef images, IActorRef ledger, TimeProvider time)
    {
        _keeping = keeping;
        _settings = settings;
        _disk = disk;
        _images = images;
        _ledger = ledger;
        _time = time;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    public IStash Stash { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="keeping">Whose images.</param>
    /// <param name="settings">When and which.</param>
    /// <param name="disk">The Engine's file system.</param>
    /// <param name="images">Who closes and opens the gates of images.</param>
    /// <param name="ledger">Who takes down what happens.</param>
    /// <param name="time">The clock.</param>
    public static Props Props(
        ImageKeeping keeping, ImageSettings settings, EngineDisk disk, IActorRef images, IActorRef ledger, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new ImageCollectorActor(keeping, settings, disk, images, ledger, time));

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
                Collect(isDryRun: true);
                break;
            case Due:
                Collect(isDryRun: false);
                break;
            case CollectImages when _isCollecting:
                Stash.Stash();
                break;
            case CollectImages ask:
                _asking = Sender;
                Collect(ask.DryRun, ask);
                break;
            case HostImages collected:
                OnCollected(collected);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <param name="isDryRun">True only tells.</param>
    /// <param name="ask">Who wants it; null where it is due.</param>
    private void Collect(bool isDryRun, CollectImages? ask = null)
    {
        if (_isCollecting)
            return;
        if (_engine is not { } engine)
        {
            OnCollected(Unknown("The Engine's connection is not open yet."));
            return;
        }

        _isCollecting = true;
        var collector = new ImageCollector(
            engine, new HostImageLook(engine, _keeping.Host, new InstanceFinder(_keeping.Region), _disk), _keeping.Host.Id, _images,
            _ledger, _settings.Collection, ask is null ? Resting() : [], ask?.Kept.ToHashSet() ?? [], _time);
        collector.CollectAsync(isDryRun, isDemanded: ask is not null, _stopping.Token)
            .PipeTo(Self, failure: e => Unknown(e is AskTimeoutException
                ? "The ledger of images or the instances did not answer in time; is the journal away?"
                : Faults.Of(e).Message));
    }

    private void OnCollected(HostImages collected)
    {
        foreach (var image in collected.Images.Where(image => image.Fate is ImageFate.Gone))
            _log.Info("Image {0} ('{1}') was taken away from the Engine: {2}", image.ImageId, image.Name, image.Why);
        foreach (var image in collected.Images.Where(image => image.Fate is ImageFate.Failed))
        {
            _refusedAt[image.ImageId] = _time.GetTimestamp();
            _log.Warning("Image {0} ('{1}') could not be taken away from the Engine: {2}", image.ImageId, image.Name, image.Why);
        }

        if (collected.Problem is { } problem && problem != _lastProblem)
            _log.Warning("The images in the Engine could not be looked at: {0}", problem);
        _lastProblem = collected.Problem;
        if (!_asking.IsNobody())
            _asking.Tell(collected);
        _asking = ActorRefs.Nobody;
        _isCollecting = false;
        Stash.UnstashAll();
        if (_settings.CollectInterval is { } interval)
            Timers.StartSingleTimer(Due.Instance, Due.Instance, interval);
    }

    private HashSet<ImageId> Resting() =>
        [.. _refusedAt.Where(entry => _time.GetElapsedTime(entry.Value) < Rest).Select(entry => entry.Key)];

    private HostImages Unknown(string problem) => new(_keeping.Host.Id, [], 0, null, problem);

    private sealed class Due : INoSerializationVerificationNeeded
    {
        public static readonly Due Instance = new();
    }
}
