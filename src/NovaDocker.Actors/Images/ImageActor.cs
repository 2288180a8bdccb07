using Akka.Actor;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>
/// One image on this host: however many instances wait for it, it is brought into the Engine once. The last to be called
/// off calls the transfer off.
/// </summary>
internal sealed class ImageActor : UntypedActor
{
    private readonly ImageId _id;
    private readonly IActorRef _agent;
    private readonly IActorRef _transfers;
    private readonly Func<InstanceId, RequestToken?> _token;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<FencingToken, HostProtocol.RunStep> _waiting = [];
    private ImageTransfer? _transfer;
    private bool _isLooking;
    private bool _isLoading;

    public ImageActor(
        ImageId id,
        ImageTransfer? transfer,
        IActorRef agent,
        IActorRef transfers,
        Func<InstanceId, RequestToken?> token)
    {
        _id = id;
        _transfer = transfer;
        _agent = agent;
        _transfers = transfers;
        _token = token;
    }

    /// <summary>How to make one.</summary>
    /// <param name="id">The image.</param>
    /// <param name="transfer">What moves its bytes; null until the Engine was opened.</param>
    /// <param name="agent">Who is told how steps end.</param>
    /// <param name="transfers">Who carries transfers out.</param>
    /// <param name="token">The token that was lent for an instance; null for none. Safe to call at any time.</param>
    public static Props Props(
        ImageId id, ImageTransfer? transfer, IActorRef agent, IActorRef transfers, Func<InstanceId, RequestToken?> token) =>
        Akka.Actor.Props.Create(() => new ImageActor(id, transfer, agent, transfers, token));

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
                _waiting[step.Token] = step;
                LookIfWanted();
                break;
            case CancelStep cancel:
                OnCancel(cancel.Step);
                break;
            case Absent:
                _isLooking = false;
                LoadIfWanted();
                break;
            case ImageProgressed news:
                foreach (var step in _waiting.Values)
                    _agent.Tell(new HostProtocol.StepProgressed(step.InstanceId, step.Token, news.Progress));
                break;
            case ImageLoaded loaded:
                OnLoaded(loaded);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void LookIfWanted()
    {
        if (_isLooking || _isLoading || _waiting.Count == 0 || _transfer is not { } transfer)
            return;
        _isLooking = true;
        LookAsync(transfer, _id, _stopping.Token).PipeTo(Self);

        static async Task<object> LookAsync(ImageTransfer transfer, ImageId id, CancellationToken cancellationToken)
        {
            try
            {
                var present = await transfer.FindLoadedAsync(id, cancellationToken).ConfigureAwait(false);
                return present is null ? Absent.Instance : new ImageLoaded(present.ToResult(null), null);
            }
#pragma warning disable CA1031 // Whatever it was: the fault names it, and all who wait are told.
            catch (Exception e)
            {
                return new ImageLoaded(null, Faults.Of(e));
            }
#pragma warning restore CA1031
        }
    }

    private void LoadIfWanted()
    {
        if (_waiting.Count == 0)
            return;
        _isLoading = true;
        _transfers.Tell(new LoadImage(_id, _waiting.Values.Select(step => _token(step.InstanceId)).FirstOrDefault(token => token is not null)));
    }

    private void OnCancel(HostProtocol.RunStep step)
    {
        if (!_waiting.Remove(step.Token))
            return;
        _agent.Tell(StepFinished.Failed(step, new Fault(FaultCode.Cancelled, "A newer request took its place.")));
        if (_waiting.Count == 0 && _isLoading)
            _transfers.Tell(new StopTransfer(_id));
    }

    private void OnLoaded(ImageLoaded loaded)
    {
        (_isLooking, _isLoading) = (false, false);
        if (loaded.Fault is { Code: FaultCode.Cancelled })
        {
            // Called off when nobody waited; whoever has come since wants it from the beginning.
            LookIfWanted();
            return;
        }

        foreach (var step in _waiting.Values)
            _agent.Tell(new StepFinished(step, loaded.Result, loaded.Fault));
        _waiting.Clear();
    }

    private sealed class Absent : INoSerializationVerificationNeeded
    {
        public static readonly Absent Instance = new();
    }
}
