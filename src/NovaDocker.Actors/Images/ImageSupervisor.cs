using Akka.Actor;
using Microsoft.Extensions.Logging;
using NovaDocker.Actors.Common;
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
/// transfers, and the uploads that commanders send.
/// </summary>
internal sealed class ImageSupervisor : UntypedActor
{
    private static readonly TimeSpan DiscardDeadline = TimeSpan.FromMinutes(1);
    private readonly IImageStore _store;
    private readonly ImageSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly CancellationTokenSource _stopping = new();
    private readonly LentTokens _tokens;
    private IActorRef _transfers = ActorRefs.Nobody;
    private ImageTransfer? _transfer;

    public ImageSupervisor(IImageStore store, ImageSettings settings, TimeProvider time, ILoggerFactory loggers)
    {
        _store = store;
        _settings = settings;
        _time = time;
        _loggers = loggers;
        _tokens = new LentTokens(time);
    }

    public static Props Props(IImageStore store, ImageSettings settings, TimeProvider time, ILoggerFactory loggers) =>
        Akka.Actor.Props.Create(() => new ImageSupervisor(store, settings, time, loggers));

    /// <summary>Whoever waits for an image is known to its actor alone: where one fails, the host begins anew.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    /// <inheritdoc/>
    protected override void PreStart() =>
        _transfers = Context.ActorOf(TransferPool.Props(_store, _settings.MaxTransfers), "transfers");

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
                OnEngineOpened(opened.Engine);
                break;
            case HostProtocol.RunStep { Step: StepKind.EnsureImage } step:
                ActorOf(step.Image.Id).Tell(step);
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
                _tokens.Lend(resolve.InstanceId, resolve.Caller.Token);
                ResolveAsync(resolve).PipeTo(Sender);
                break;
            case ComputeProtocol.ListImages list:
                ListAsync(list).PipeTo(Sender);
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

    private void OnEngineOpened(IContainerEngine engine)
    {
        _transfer = new ImageTransfer(engine, _store, _settings, _time, _loggers.CreateLogger<ImageTransfer>());
        foreach (var child in Context.GetChildren())
            child.Tell(new TransferReady(_transfer));
    }

    private IActorRef ActorOf(ImageId id)
    {
        var name = $"image-{id}";
        var child = Context.Child(name);
        return child.IsNobody()
            ? Context.ActorOf(ImageActor.Props(id, _transfer, Context.Parent, _transfers, _tokens.Of), name)
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

    private async Task<object> ResolveAsync(ResolveImage resolve)
    {
        try
        {
            return new ImageChoice(resolve).Of(await CandidatesAsync(resolve).ConfigureAwait(false));
        }
        catch (ImageStoreException e)
        {
            return new InstanceProtocol.Refused(resolve.InstanceId, RefusalCode.NoHost, e.Message);
        }
    }

    private async Task<IReadOnlyList<ImageDescription>> CandidatesAsync(ResolveImage resolve)
    {
        if (!ImageId.TryParse(resolve.Reference, out var id))
            return await _store.ListAsync(resolve.Reference, resolve.Caller, _stopping.Token).ConfigureAwait(false);
        var image = await _store.FindAsync(id, resolve.Caller, _stopping.Token).ConfigureAwait(false);
        return image is null ? [] : [image];
    }

    private static int TextOf(ImageDescription image) =>
        image.Name.Length + image.Checksum.Length + image.Properties.Sum(entry => entry.Key.Length + entry.Value.Length);

    private async Task<object> ListAsync(ComputeProtocol.ListImages list)
    {
        try
        {
            var after = list.After?.ToString() ?? "";
            var images = await _store.ListAsync(name: null, list.Caller, _stopping.Token).ConfigureAwait(false);
            var rest = images
                .Where(image => string.CompareOrdinal(image.Id.ToString(), after) > 0)
                .OrderBy(image => image.Id.ToString(), StringComparer.Ordinal)
                .ToArray();
            var page = Paging.FirstPage(rest, list.Limit, TextOf);
            return new ComputeProtocol.ImagePage(page, page.Count < rest.Length ? page[^1].Id : null);
        }
        catch (ImageStoreException e)
        {
            return new ComputeProtocol.QueryFailed(e.ToFault());
        }
    }
}
