using Akka.Actor;
using Akka.Pattern;
using Microsoft.Extensions.Logging;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>
/// The host's images: one <see cref="ImageActor"/> for each image that is wanted in the Engine, a bounded pool of
/// transfers, the ledger of what came and went, the collector of what nobody uses, and the uploads that commanders send.
/// </summary>
internal sealed class ImageSupervisor : UntypedActor
{
    private static readonly TimeSpan DiscardDeadline = TimeSpan.FromMinutes(1);
    private readonly IImageStore _store;
    private readonly ImageSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ImageKeeping? _keeping;
    private readonly StoreQuestions _questions;
    private readonly EngineDisk _disk;
    private readonly CancellationTokenSource _stopping = new();
    private readonly LentTokens _tokens;
    private IActorRef _transfers = ActorRefs.Nobody;
    private IActorRef _ledger = ActorRefs.Nobody;
    private IActorRef _collector = ActorRefs.Nobody;
    private ImageTransfer? _transfer;

    public ImageSupervisor(
        IImageStore store, ImageSettings settings, TimeProvider time, ILoggerFactory loggers, ImageKeeping? keeping)
    {
        _store = store;
        _settings = settings;
        _time = time;
        _loggers = loggers;
        _keeping = keeping;
        _tokens = new LentTokens(time);
        _questions = new StoreQuestions(store, _stopping.Token);
        _disk = new EngineDisk(keeping?.Disk ?? UnseenDiskSpace.Instance, settings.DiskReserveMb);
    }

    /// <summary>How to make one.</summary>
    /// <param name="store">Where images come from.</param>
    /// <param name="settings">How they are moved and kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where transfers log to.</param>
    /// <param name="keeping">What keeping account of the images takes; null keeps none, and takes none away.</param>
    public static Props Props(
        IImageStore store, ImageSettings settings, TimeProvider time, ILoggerFactory loggers, ImageKeeping? keeping = null) =>
        Akka.Actor.Props.Create(() => new ImageSupervisor(store, settings, time, loggers, keeping));

    /// <summary>Whoever waits for an image is known to its actor alone: where one fails, the host begins anew.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _transfers = Context.ActorOf(TransferPool.Props(_store, _settings.MaxTransfers, _time), "transfers");
        if (_keeping is not { } keeping)
            return;
        // A ledger whose journal fails stops, and must not take the host down: boots go on as long as theirs lets them.
        _ledger = Context.ActorOf(
            BackoffSupervisor.Props(Akka.Pattern.Backoff.OnStop(
                ImageLedgerActor.Props(keeping.Host.Id, Self, _time, keeping.Ids), "ledger", TimeSpan.FromSeconds(1),
                TimeSpan.FromSeconds(10), randomFactor: 0.2, maxNrOfRetries: -1)),
            "keeping");
        _collector = Context.ActorOf(
            ImageCollectorActor.Props(keeping, _settings, _disk, Self, _ledger, _time), "collector");
    }

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
                OnEngineOpened(opened);
                break;
            case HostProtocol.RunStep { Step: StepKind.EnsureImage } step:
                ActorOf(step.Image.Id).Tell(step);
                break;
            case HostProtocol.RunStep { Step: StepKind.EnsureRescueImage, Rescue: { } rescue } step:
                ActorOf(rescue.Image.Id).Tell(step with { Image = rescue.Image });
                break;
            case HostProtocol.RunStep { Step: StepKind.UploadSnapshot } step:
                _transfers.Tell(new SaveSnapshot(step, CallerOf(step)));
                break;
            case HostProtocol.RunStep step:
                DiscardAsync(step).PipeTo(Context.Parent);
                break;
            case CancelStep { Step.Step: StepKind.EnsureImage } cancel:
                ActorOf(cancel.Step.Image.Id).Tell(cancel);
                break;
            case CancelStep { Step: { Step: StepKind.EnsureRescueImage, Rescue: { } rescue } } cancel:
                ActorOf(rescue.Image.Id).Tell(cancel);
                break;
            case CancelStep { Step.Step: StepKind.UploadSnapshot } cancel:
                _transfers.Tell(new StopTransfer(SaveSnapshot.KeyOf(cancel.Step)));
                break;
            case CancelStep:
                break;
            case StepFinished or HostProtocol.StepProgressed:
                Context.Parent.Tell(message);
                break;
            case HostProtocol.LendToken lent:
                _tokens.Lend(lent.InstanceId, lent.Token);
                break;
            case ResolveImage resolve:
                if (resolve.InstanceId is { } instance)
                    _tokens.Lend(instance, resolve.Caller.Token);
                _questions.ResolveAsync(resolve).PipeTo(Sender);
                break;
            case ComputeProtocol.ListImages list:
                _questions.ListAsync(list).PipeTo(Sender);
                break;
            case HostProtocol.PullImage:
                _ledger.Forward(message);
                break;
            case PreparePull prepare:
                _questions.PrepareAsync(prepare.Ask, _transfer).PipeTo(Self, Sender);
                break;
            case PullPrepared { Present: not null, Image: { } image }:
                ActorOf(image.Id).Forward(message);
                break;
            case PullPrepared:
                _ledger.Forward(message);
                break;
            case BringImage bring:
                ActorOf(bring.Pull.ImageId).Tell(bring);
                break;
            case HostProtocol.CollectImages:
                _collector.Forward(message);
                break;
            case CloseGate gate:
                ActorOf(gate.ImageId).Forward(gate);
                break;
            case OpenGate gate:
                ActorOf(gate.ImageId).Forward(gate);
                break;
            case ComputeProtocol.BeginImageUpload begin:
                UploadOf(begin.ImageId).Forward(begin);
                break;
            case ComputeProtocol.ImageChunk chunk:
                ForwardChunk(chunk);
                break;
            case ComputeProtocol.AbandonImageUpload abandon:
                Context.Child(UploadName(abandon.ImageId)).Forward(abandon);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnEngineOpened(EngineOpened opened)
    {
        _transfer = new ImageTransfer(opened.Engine, _store, _settings, _time, _loggers.CreateLogger<ImageTransfer>());
        _disk.Open(opened.Engine);
        _collector.Tell(opened);
        foreach (var child in Context.GetChildren().Where(child => !child.Equals(_ledger) && !child.Equals(_collector)))
            child.Tell(new TransferReady(_transfer));
    }

    private IActorRef ActorOf(ImageId id)
    {
        var name = $"image-{id}";
        var child = Context.Child(name);
        return child.IsNobody()
            ? Context.ActorOf(
                ImageActor.Props(id, _transfer, new ImageSurroundings(
                    Context.Parent, _transfers, _ledger, _tokens.Of, _disk, _settings, _time)),
                name)
            : child;
    }

    private IActorRef UploadOf(ImageId id)
    {
        var name = UploadName(id);
        var child = Context.Child(name);
        return child.IsNobody() ? Context.ActorOf(ImageUploadActor.Props(id, _store, _settings.UploadTimeout), name) : child;
    }

    private void ForwardChunk(ComputeProtocol.ImageChunk chunk)
    {
        var upload = Context.Child(UploadName(chunk.ImageId));
        if (upload.IsNobody())
        {
            Sender.Tell(new ComputeProtocol.QueryFailed(new Fault(
                FaultCode.NotFound, $"No upload of image {chunk.ImageId} is under way; it was forgotten or never begun.")));
        }
        else
            upload.Forward(chunk);
    }

    private static string UploadName(ImageId id) => $"upload-{id}";

    private ImageCaller CallerOf(HostProtocol.RunStep step) => new(step.Owner.ProjectId, _tokens.Of(step.InstanceId));

    private Task<StepFinished> DiscardAsync(HostProtocol.RunStep step)
    {
        var caller = CallerOf(step);
        return StepRunner.RunAsync(
            step, DiscardDeadline,
            async token =>
            {
                var id = step.Snapshot!.ImageId;
                if (await _store.FindAsync(id, caller, token).ConfigureAwait(false) is { } image && SaveSnapshot.IsOf(image, step))
                    await _store.RemoveAsync(id, caller, token).ConfigureAwait(false);
                return new StepResult.Done();
            },
            _stopping.Token);
    }
}
