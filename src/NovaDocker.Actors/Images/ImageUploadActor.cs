using System.IO.Pipelines;
using Akka.Actor;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>
/// Takes in one image chunk by chunk and streams it into the store. A chunk that comes twice is answered twice and stored
/// once. Where no chunk comes for a while the upload is forgotten, and nothing of it stays.
/// </summary>
internal sealed class ImageUploadActor : UntypedActor
{
    private readonly ImageId _id;
    private readonly IImageStore _store;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Pipe _pipe = new(new PipeOptions(useSynchronizationContext: false));
    private IActorRef _asking = ActorRefs.Nobody;
    private long _expected;
    private bool _isBegun;
    private bool _isWriting;
    private object? _outcome;

    public ImageUploadActor(ImageId id, IImageStore store, TimeSpan patience)
    {
        _id = id;
        _store = store;
        SetReceiveTimeout(patience);
    }

    public static Props Props(ImageId id, IImageStore store, TimeSpan patience) =>
        Akka.Actor.Props.Create(() => new ImageUploadActor(id, store, patience));

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopping.Cancel();
        _pipe.Writer.Complete(new OperationCanceledException("The upload was abandoned."));
        _stopping.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ComputeProtocol.BeginImageUpload begin:
                OnBegin(begin);
                break;
            case ComputeProtocol.ImageChunk chunk:
                OnChunk(chunk);
                break;
            case ChunkWritten written:
                _isWriting = false;
                _expected = written.Next;
                Answer(new ComputeProtocol.ImageUploadReady(_id, _expected));
                break;
            case NobodyReads:
                // The store has ended, well or not; its outcome is on its way and answers.
                break;
            case Stored stored:
                _outcome = stored.Outcome;
                _isWriting = false;
                if (!_asking.IsNobody())
                    AnswerOutcome(_asking, stored.Outcome);
                break;
            case ReceiveTimeout or ComputeProtocol.AbandonImageUpload:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnBegin(ComputeProtocol.BeginImageUpload begin)
    {
        if (InstanceSpecRules.NameProblem(begin.Name) is { } problem)
        {
            Sender.Tell(new ComputeProtocol.QueryFailed(new Fault(FaultCode.Invalid, problem)));
            Context.Stop(Self);
            return;
        }

        if (!_isBegun)
        {
            _isBegun = true;
            var image = new NewImage(_id, begin.Name, begin.Properties);
            StoreAsync(_store, image, begin.Caller, _pipe.Reader, _stopping.Token).PipeTo(Self);
        }

        if (_outcome is { } outcome)
            AnswerOutcome(Sender, outcome);
        else
            Sender.Tell(new ComputeProtocol.ImageUploadReady(_id, _expected));

        static async Task<Stored> StoreAsync(
            IImageStore store, NewImage image, ImageCaller caller, PipeReader reader, CancellationToken cancellationToken)
        {
            try
            {
                var stored = await store.AddAsync(image, reader.AsStream(), caller, cancellationToken).ConfigureAwait(false);
                return new Stored(new ComputeProtocol.ImageUploaded(stored));
            }
#pragma warning disable CA1031 // Whatever it was: the commander is told, and nothing of the image stays.
            catch (Exception e)
            {
                await reader.CompleteAsync(e).ConfigureAwait(false);
                return new Stored(new ComputeProtocol.QueryFailed(Faults.Of(e)));
            }
#pragma warning restore CA1031
        }
    }

    private void OnChunk(ComputeProtocol.ImageChunk chunk)
    {
        if (_outcome is { } outcome)
            AnswerOutcome(Sender, outcome);
        else if (chunk.Offset < _expected)
            Sender.Tell(new ComputeProtocol.ImageUploadReady(_id, _expected));
        else if (chunk.Offset > _expected)
        {
            Sender.Tell(new ComputeProtocol.QueryFailed(new Fault(
                FaultCode.Invalid, $"A chunk of image {_id} begins at {chunk.Offset}; {_expected} is expected.")));
        }
        else
        {
            // A chunk that is repeated while the first of its kind is still being written only changes who is answered.
            _asking = Sender;
            if (_isWriting)
                return;
            _isWriting = true;
            if (chunk.Bytes.IsEmpty)
                _pipe.Writer.Complete();
            else
                WriteAsync(_pipe.Writer, chunk).PipeTo(Self);
        }

        static async Task<object> WriteAsync(PipeWriter writer, ComputeProtocol.ImageChunk chunk)
        {
            var flushed = await writer.WriteAsync(chunk.Bytes, CancellationToken.None).ConfigureAwait(false);
            return flushed.IsCompleted ? NobodyReads.Instance : new ChunkWritten(chunk.Offset + chunk.Bytes.Length);
        }
    }

    /// <summary>Tells how it ended. A failure is kept until somebody has been told of it.</summary>
    private void AnswerOutcome(IActorRef asking, object outcome)
    {
        asking.Tell(outcome);
        if (outcome is ComputeProtocol.QueryFailed)
            Context.Stop(Self);
    }

    private void Answer(object answer)
    {
        if (!_asking.IsNobody())
            _asking.Tell(answer);
        _asking = ActorRefs.Nobody;
    }

    private sealed record ChunkWritten(long Next) : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout;

    private sealed class NobodyReads : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static readonly NobodyReads Instance = new();
    }

    private sealed record Stored(object Outcome) : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout;
}
