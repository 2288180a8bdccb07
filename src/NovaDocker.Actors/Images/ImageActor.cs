using Akka.Actor;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>
/// One image on this host: however many instances and pulls wait for it, it is brought into the Engine once. The last to be called
/// off calls the transfer off. After a transfer that failed in a way that may pass, the next one waits, whoever asks for it.
/// </summary>
internal sealed class ImageActor : UntypedActor, IWithTimers
{
    private readonly ImageId _id;
    private readonly ImageSurroundings _around;
    private readonly LoadBackoff _backoff;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ImageWaiters _waiters = new();
    private ImageTransfer? _transfer;
    private TransferProgress? _progress;

    /// <summary>For whom the transfer under way was begun: it may end well although nobody waits any longer.</summary>
    private (LoadCause Cause, string Name)? _loadingFor;
    private bool _isLooking;
    private bool _isLoading;
    private bool _isGateClosed;

    public ImageActor(ImageId id, ImageTransfer? transfer, ImageSurroundings around)
    {
        _id = id;
        _transfer = transfer;
        _around = around;
        _backoff = new LoadBackoff(around.Settings.InitialBackoff, around.Settings.MaxBackoff, around.Time);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="id">The image.</param>
    /// <param name="transfer">What moves its bytes; null until the Engine was opened.</param>
    /// <param name="around">Whom it works with.</param>
    public static Props Props(ImageId id, ImageTransfer? transfer, ImageSurroundings around) =>
        Akka.Actor.Props.Create(() => new ImageActor(id, transfer, around));

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
            case TransferReady ready:
                _transfer = ready.Transfer;
                LookIfWanted();
                break;
            case HostProtocol.RunStep step:
                _waiters.Add(step);
                Join();
                break;
            case BringImage bring:
                _waiters.Add(bring);
                Join();
                break;
            case CancelStep cancel:
                OnCancel(cancel.Step);
                break;
            case Absent:
                _isLooking = false;
                LoadIfWanted();
                break;
            case LookEnded looked:
                _isLooking = false;
                End(looked.Result, looked.Fault, retryAt: null);
                break;
            case ImageProgressed news:
                Tell(news.Progress);
                break;
            case ImageLoaded loaded:
                OnLoaded(loaded);
                break;
            case PullPrepared prepared:
                // What the Engine has of a transfer that has not ended is not there yet, and behind the gate it may be about to go: the
                // pull waits, with the others.
                _around.Ledger.Forward(_isLoading || _isGateClosed ? prepared with { Present = null } : prepared);
                break;
            case TurnCame:
                LookIfWanted();
                break;
            case CloseGate:
                OnCloseGate();
                break;
            case OpenGate:
                _isGateClosed = false;
                LookIfWanted();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Join()
    {
        if (_progress is { } progress)
            Tell(progress);
        LookIfWanted();
    }

    private void LookIfWanted()
    {
        if (_isGateClosed || _isLooking || _isLoading || _waiters.IsEmpty || _transfer is not { } transfer)
            return;
        _isLooking = true;
        LookAsync(transfer, _id, _stopping.Token).PipeTo(Self);

        static async Task<object> LookAsync(ImageTransfer transfer, ImageId id, CancellationToken cancellationToken)
        {
            try
            {
                var present = await transfer.FindLoadedAsync(id, cancellationToken).ConfigureAwait(false);
                return present is null ? Absent.Instance : new LookEnded(present.ToResult(null), null);
            }
#pragma warning disable CA1031 // Whatever it was: the fault names it, and all who wait are told.
            catch (Exception e)
            {
                return new LookEnded(null, Faults.Of(e));
            }
#pragma warning restore CA1031
        }
    }

    private void LoadIfWanted()
    {
        if (_waiters.IsEmpty)
            return;
        if (_backoff.Wait is { } wait)
        {
            if (!Timers.IsTimerActive(TurnCame.Instance))
                Timers.StartSingleTimer(TurnCame.Instance, TurnCame.Instance, wait);
            Tell(new TransferProgress(0, null) { WaitsFor = _backoff.ToString() });
            return;
        }

        _isLoading = true;
        _loadingFor = (_waiters.Cause!, _waiters.Name);
        _around.Transfers.Tell(new LoadImage(_id, _waiters.Token(_around.Token), _around.Disk));
    }

    private void Tell(TransferProgress progress)
    {
        _progress = progress;
        foreach (var step in _waiters.Steps)
            _around.Agent.Tell(new HostProtocol.StepProgressed(step.InstanceId, step.Token, progress));
        if (_waiters.HasPulls)
            _around.Ledger.Tell(new PullProgressed(_id, progress));
    }

    private void OnCancel(HostProtocol.RunStep step)
    {
        if (!_waiters.Remove(step))
            return;
        _around.Agent.Tell(StepFinished.Failed(step, new Fault(FaultCode.Cancelled, "A newer request took its place.")));
        if (_waiters.IsEmpty && _isLoading)
            _around.Transfers.Tell(new StopTransfer(_id));
    }

    private void OnLoaded(ImageLoaded loaded)
    {
        _isLoading = false;
        _progress = null;
        if (loaded.Fault is { Code: FaultCode.Cancelled })
        {
            // Called off when nobody waited; whoever has come since wants it from the beginning.
            LookIfWanted();
            return;
        }

        if (loaded.Fault is null)
            _backoff.Reset();
        End(loaded.Result, loaded.Fault, loaded.Fault is { IsRetryable: true } fault ? _backoff.Failed(fault) : null);
    }

    private void End(StepResult.ImageReady? result, Fault? fault, DateTimeOffset? retryAt)
    {
        _progress = null;
        var cause = _waiters.Cause is { } first ? (first, _waiters.Name) : _loadingFor;
        if (cause is var (whom, name))
        {
            _around.Ledger.Tell(result is not null
                ? new ImageIsReady(_id, name, result, whom)
                : new ImageIsNotReady(_id, name, fault!, retryAt, whom));
        }

        _loadingFor = null;

        foreach (var step in _waiters.Steps)
            _around.Agent.Tell(new StepFinished(step, result, fault));
        _waiters.Clear();
    }

    private void OnCloseGate()
    {
        if (_waiters.IsEmpty && !_isLooking && !_isLoading)
            _isGateClosed = true;
        Sender.Tell(new GateAnswer(_id, _isGateClosed ? null : "Somebody waits for it."));
    }

    private sealed record LookEnded(StepResult.ImageReady? Result, Fault? Fault) : INoSerializationVerificationNeeded;

    private sealed class Absent : INoSerializationVerificationNeeded
    {
        public static readonly Absent Instance = new();
    }

    private sealed class TurnCame : INoSerializationVerificationNeeded
    {
        public static readonly TurnCame Instance = new();
    }
}

/// <summary>Whom an image's actor works with.</summary>
/// <param name="Agent">Who is told how steps end.</param>
/// <param name="Transfers">Who carries transfers out.</param>
/// <param name="Ledger">Who takes down what becomes of images.</param>
/// <param name="Token">The token that was lent for an instance; null for none. Safe to call at any time.</param>
/// <param name="Disk">Where the image must fit.</param>
/// <param name="Settings">How long to wait after a failure.</param>
/// <param name="Time">The clock.</param>
internal sealed record ImageSurroundings(
    IActorRef Agent,
    IActorRef Transfers,
    IActorRef Ledger,
    Func<InstanceId, RequestToken?> Token,
    EngineDisk Disk,
    ImageSettings Settings,
    TimeProvider Time);
