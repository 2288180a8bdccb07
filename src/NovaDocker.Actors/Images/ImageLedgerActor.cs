using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using NovaDocker.Actors.Common;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Hosts.HostProtocol;
using static NovaDocker.Domain.Images.ImageLedgerEvents;

namespace NovaDocker.Actors.Images;

/// <summary>
/// The ledger of a host's images: takes down how each came, when it was needed last and why it went, and accepts pulls, which are
/// carried out whatever is killed meanwhile. Persistence id <c>host-images-&lt;host id&gt;</c>. It does nothing to the Engine itself.
/// </summary>
/// <remarks>
/// Persisted: the events of <see cref="ImageLedgerEvents"/>. Not persisted: how far a transfer has come, and tokens: a pull that goes
/// on after a restart is made with the host's own credentials. When the journal fails the actor stops and its supervisor starts it
/// again; what was not taken down, the next full look at the Engine shows.
/// </remarks>
internal sealed class ImageLedgerActor : UntypedPersistentActor
{
    private readonly HostId _host;
    private readonly IActorRef _images;
    private readonly TimeProvider _time;
    private readonly IdSource _ids;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <summary>Transient: how far images that are pulled have come.</summary>
    private readonly Dictionary<ImageId, TransferProgress> _progress = [];

    private ImageLedgerState _state = ImageLedgerState.Empty;

    /// <summary>Transient: who is told where the journal takes no more.</summary>
    private (IActorRef Asking, PullImage Ask)? _asking;

    public ImageLedgerActor(HostId host, IActorRef images, TimeProvider time, IdSource ids)
    {
        _host = host;
        _images = images;
        _time = time;
        _ids = ids;
    }

    /// <inheritdoc/>
    public override string PersistenceId => PersistenceIdPrefix + _host.Value;

    private LedgerContext Now => new(_time.GetUtcNow(), _host, _ids.Next);

    /// <summary>How to make one.</summary>
    /// <param name="host">Whose ledger.</param>
    /// <param name="images">Who brings images.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ids">Where ids of events come from.</param>
    public static Props Props(HostId host, IActorRef images, TimeProvider time, IdSource ids) =>
        Akka.Actor.Props.Create(() => new ImageLedgerActor(host, images, time, ids));

    /// <inheritdoc/>
    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case LedgerEvent @event:
                _state = _state.Apply(@event);
                break;
            case RecoveryCompleted:
                foreach (var pull in _state.Pulls.Values)
                    _images.Tell(new BringImage(pull, Token: null));
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case PullImage ask when StandingOf(ask) is { } standing:
                Sender.Tell(standing);
                break;
            case PullImage ask:
                _images.Tell(new PreparePull(ask), Sender);
                break;
            case PullPrepared prepared:
                OnPrepared(prepared);
                break;
            case PullProgressed news:
                _progress[news.ImageId] = news.Progress;
                break;
            case ImageIsReady news:
                Settle(news.ImageId, ImageLedger.OnReady(_state, news.ImageId, news.Name, news.Ready, news.Cause, Now));
                break;
            case ImageIsNotReady news:
                Settle(news.ImageId, ImageLedger.OnFailed(
                    _state, news.ImageId, news.Name, news.Fault, news.RetryAt, news.Cause, Now));
                break;
            case GetLedger:
                Sender.Tell(_state);
                break;
            case ImagesSeen seen:
                Store(ImageLedger.OnSeen(_state, seen.Present, seen.Used, seen.Revision, Now));
                break;
            case NoteCollection note:
                var collector = Sender;
                Store(ImageLedger.OnCollecting(_state, note.Going, Now), () => collector.Tell(CollectionNoted.Instance));
                break;
            case CollectionEnded ended:
                Store(ImageLedger.OnCollectionEnded(_state, ended.ImageId, ended.Fault, Now));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        RefuseForJournal(cause);
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        RefuseForJournal(cause);
        base.OnPersistRejected(cause, @event, sequenceNr);
        Context.Stop(Self);
    }

    /// <inheritdoc/>
    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        _log.Error(reason, "The ledger of images cannot be replayed from the journal; no image is pulled or taken away until that is mended.");

    /// <summary>Where a pull stands that was asked for before; null for a new one.</summary>
    private ImagePull? StandingOf(PullImage ask)
    {
        if (_state.Pulls.TryGetValue(ask.Request.RequestId, out var pending))
        {
            return new ImagePull(_host, PullState.Pulling, pending.ImageId, pending.Name)
            {
                Progress = _progress.GetValueOrDefault(pending.ImageId),
            };
        }

        return _state.EndedPulls.TryGetValue(ask.Request.RequestId, out var ended)
            ? new ImagePull(_host, ended.Fault is null ? PullState.Pulled : PullState.Failed, ended.ImageId, ended.Name)
            {
                Fault = ended.Fault,
            }
            : null;
    }

    private void OnPrepared(PullPrepared prepared)
    {
        var (ask, asking) = (prepared.Ask, Sender);
        if (StandingOf(ask) is { } standing)
            asking.Tell(standing);
        else if (prepared.Refusal is { } refusal)
        {
            asking.Tell(new ImagePull(_host, PullState.Refused, null, ask.Reference)
            {
                Refusal = refusal.Code,
                RefusalReason = refusal.Reason,
            });
        }
        else if (prepared.Fault is { } fault)
            asking.Tell(new ImagePull(_host, PullState.Failed, prepared.Image?.Id, ask.Reference) { Fault = fault });
        else if (prepared is { Image: { } image, Present: { } present })
        {
            _asking = (asking, ask);
            Store(
                ImageLedger.OnReady(_state, image.Id, image.Name, present.ToResult(null), LoadCause.Of(ask.Request), Now),
                () => asking.Tell(new ImagePull(_host, PullState.Present, image.Id, image.Name)));
        }
        else
            Begin(ask, prepared.Image!, asking);
    }

    private void Begin(PullImage ask, ImageDescription image, IActorRef asking)
    {
        _asking = (asking, ask);
        Store(
            ImageLedger.OnPull(_state, image.Id, image.Name, ask.Request, Now),
            () =>
            {
                _images.Tell(new BringImage(_state.Pulls[ask.Request.RequestId], ask.Token));
                asking.Tell(StandingOf(ask));
            });
    }

    private void Settle(ImageId image, EquatableArray<LedgerEvent> events) => Store(events, () => _progress.Remove(image));

    private void Store(EquatableArray<LedgerEvent> events, Action? then = null)
    {
        if (events.IsEmpty)
        {
            then?.Invoke();
            return;
        }

        var left = events.Count;
        PersistAll(events, @event =>
        {
            _state = _state.Apply(@event);
            if (--left > 0)
                return;
            _asking = null;
            then?.Invoke();
        });
    }

    private void RefuseForJournal(Exception cause)
    {
        if (_asking is not var (asking, ask))
            return;
        asking.Tell(
            new ImagePull(_host, PullState.Refused, null, ask.Reference)
            {
                Refusal = RefusalCode.JournalUnavailable,
                RefusalReason = $"The journal cannot be written, so nothing is begun: {cause.Message}",
            },
            Self);
    }
}
