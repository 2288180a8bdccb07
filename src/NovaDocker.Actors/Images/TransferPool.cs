using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>
/// Bounds how many transfers are under way: each has a worker of its own, the others wait in the order in which they
/// were asked for.
/// </summary>
internal sealed class TransferPool : UntypedActor
{
    private readonly IImageStore _store;
    private readonly int _most;
    private readonly TimeProvider _time;
    private readonly LinkedList<(IActorRef Asking, TransferJob Job)> _waiting = [];
    private readonly Dictionary<IActorRef, (IActorRef Asking, TransferJob Job)> _workers = [];
    private ImageTransfer? _transfer;

    public TransferPool(IImageStore store, int most, TimeProvider time)
    {
        _store = store;
        _most = most;
        _time = time;
    }

    public static Props Props(IImageStore store, int most, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new TransferPool(store, most, time));

    /// <summary>A job is given back when its worker fails; the worker is not started again with half a transfer.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TransferReady ready:
                _transfer = ready.Transfer;
                StartNext();
                break;
            case TransferJob job:
                _waiting.AddLast((Sender, job));
                StartNext();
                if (_workers.Count >= _most && _waiting.Last?.Value.Job == job)
                    Sender.Tell(job.Progressed(Waiting));
                break;
            case StopTransfer stop:
                Stop(stop.Key);
                break;
            case TransferWorker.Ended ended:
                if (_workers.Remove(Sender, out var done))
                    done.Asking.Tell(ended.Answer);
                StartNext();
                break;
            case Terminated terminated:
                if (_workers.Remove(terminated.ActorRef, out var lost))
                    lost.Asking.Tell(lost.Job.Failed(new Fault(FaultCode.Internal, "The transfer's worker failed.")));
                StartNext();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private TransferProgress Waiting => new(0, null)
    {
        WaitsFor = $"a free transfer slot: all {_most} of this host are taken (novadocker.images.max-transfers)",
    };

    private void StartNext()
    {
        while (_transfer is { } transfer && _workers.Count < _most && _waiting.First is { Value: var next })
        {
            _waiting.RemoveFirst();
            var worker = Context.ActorOf(TransferWorker.Props(transfer, _store, next.Job, next.Asking, _time));
            Context.Watch(worker);
            _workers[worker] = next;
            next.Asking.Tell(next.Job.Progressed(new TransferProgress(0, null)));
        }
    }

    private void Stop(object key)
    {
        if (_waiting.FirstOrDefault(entry => entry.Job.Key.Equals(key)) is { Job: not null } waiting)
        {
            _waiting.Remove(waiting);
            waiting.Asking.Tell(waiting.Job.Failed(new Fault(FaultCode.Cancelled, "It was called off before it began.")));
            return;
        }

        foreach (var (worker, _) in _workers.Where(entry => entry.Value.Job.Key.Equals(key)))
            worker.Tell(TransferWorker.Stop.Instance);
    }
}

/// <summary>Transfers can be carried out from now on, with this Engine.</summary>
internal sealed record TransferReady(ImageTransfer Transfer) : INoSerializationVerificationNeeded;

/// <summary>Stop a transfer. Its end is told all the same.</summary>
/// <param name="Key"><see cref="TransferJob.Key"/>.</param>
internal sealed record StopTransfer(object Key) : INoSerializationVerificationNeeded;
