using Akka.Actor;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>Carries out one transfer, tells whoever asked how far it has come, and ends with it.</summary>
internal sealed class TransferWorker : UntypedActor
{
    private readonly ImageTransfer _transfer;
    private readonly IImageStore _store;
    private readonly TransferJob _job;
    private readonly IActorRef _asking;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();

    public TransferWorker(ImageTransfer transfer, IImageStore store, TransferJob job, IActorRef asking, TimeProvider time)
    {
        _transfer = transfer;
        _store = store;
        _job = job;
        _asking = asking;
        _time = time;
    }

    public static Props Props(
        ImageTransfer transfer, IImageStore store, TransferJob job, IActorRef asking, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new TransferWorker(transfer, store, job, asking, time));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        var (job, asking) = (_job, _asking);
        var pace = new TransferPace(_time);
        var progress = new Progress(news => asking.Tell(job.Progressed(pace.With(news)), ActorRefs.NoSender));
        RunAsync(job, _transfer, _store, progress, _stopping.Token).PipeTo(Self);
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
            case Ended:
                Context.Parent.Tell(message);
                Context.Stop(Self);
                break;
            case Stop:
                _stopping.Cancel();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static async Task<Ended> RunAsync(
        TransferJob job,
        ImageTransfer transfer,
        IImageStore store,
        IProgress<TransferProgress> progress,
        CancellationToken cancellationToken)
    {
        try
        {
            return new Ended(await job.RunAsync(transfer, store, progress, cancellationToken).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // Whatever it was: the fault names it, and all who wait are told.
        catch (Exception e)
        {
            return new Ended(job.Failed(Faults.Of(e)));
        }
#pragma warning restore CA1031
    }

    /// <summary>The transfer has ended.</summary>
    /// <param name="Answer">What whoever asked is told.</param>
    internal sealed record Ended(object Answer) : INoSerializationVerificationNeeded;

    /// <summary>Stop it.</summary>
    internal sealed class Stop : INoSerializationVerificationNeeded
    {
        public static readonly Stop Instance = new();
    }

    private sealed class Progress(Action<TransferProgress> tell) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => tell(value);
    }
}
