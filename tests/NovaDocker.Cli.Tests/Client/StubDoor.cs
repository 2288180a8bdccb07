using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cli.Tests.Client;

/// <summary>What a <see cref="StubDoor"/> knows, and what it was told; shared with the test.</summary>
internal sealed class DoorScript
{
    private readonly Lock _gate = new();
    private readonly List<object> _heard = [];
    private readonly HashSet<IActorRef> _waysBack = [];

    public IReadOnlyList<int> Instances { get; init; } = [];

    /// <summary>Events of the one instance there is; a test may add to them through <see cref="StubDoor.Happen"/>.</summary>
    public List<long> Events { get; } = [];

    /// <summary>The event that deleted the instance; null while it lives.</summary>
    public long? Deletion { get; set; }

    /// <summary>How many of the next answers are lost on their way.</summary>
    public int Losses { get; set; }

    /// <summary>Takes an answer's place; null lets the door answer.</summary>
    public Func<object, object?> Instead { get; set; } = _ => null;

    public MemoryStream Stored { get; } = new();

    public IReadOnlyList<T> Heard<T>()
    {
        lock (_gate)
            return [.. _heard.OfType<T>()];
    }

    /// <summary>By how many ways answers went back.</summary>
    public int WaysBack
    {
        get
        {
            lock (_gate)
                return _waysBack.Count;
        }
    }

    public bool Hear(object message, IActorRef wayBack)
    {
        lock (_gate)
        {
            _heard.Add(message);
            _waysBack.Add(wayBack);
            return Losses-- <= 0;
        }
    }
}

/// <summary>Stands where a node's door stands, and answers from a script.</summary>
internal sealed class StubDoor : UntypedActor
{
    private readonly DoorScript _script;
    private readonly List<(IActorRef Asker, AwaitRevision Question)> _waiting = [];

    public StubDoor(DoorScript script) => _script = script;

    /// <summary>The instance has one more event.</summary>
    public sealed record Happen(long Sequence, bool Deleted = false);

    public static Props Props(DoorScript script) => Akka.Actor.Props.Create(() => new StubDoor(script));

    protected override void OnReceive(object message)
    {
        if (message is Happen happened)
        {
            _script.Events.Add(happened.Sequence);
            if (happened.Deleted)
                _script.Deletion = happened.Sequence;
            foreach (var (asker, question) in _waiting)
                asker.Tell(Found(question.InstanceId));
            _waiting.Clear();
            return;
        }

        // A lost answer is a message that was acted upon all the same.
        var arrives = _script.Hear(message, Sender);
        var answer = _script.Instead(message) ?? Answer(message);
        if (arrives && answer is not null)
            Sender.Tell(answer);
    }

    private object? Answer(object message)
    {
        switch (message)
        {
            case ListInstances list:
                // Pages of two, whatever is asked for: a node may answer with fewer.
                var ids = _script.Instances.Select(Samples.Id).Where(id => list.After is null || Order(id) > Order(list.After.Value)).ToList();
                return new InstancePage(
                    [.. ids.Take(2).Select(id => Samples.View(id))], ids.Count > 2 ? ids[1] : null);
            case GetHistory history:
                return new HistoryPage(
                    history.InstanceId, [.. _script.Events.Where(e => e > history.AfterSequence).Take(3).Select(e => Samples.Entry(e, state: PhaseAfter(e)))]);
            case AwaitRevision wait when Last > wait.Revision:
                return Found(wait.InstanceId);
            case AwaitRevision wait:
                _waiting.Add((Sender, wait));
                return null;
            case BootInstance boot:
                return new Accepted(boot.InstanceId, Samples.Operation, 1);
            case VerbCommand command:
                return new AlreadyDone(command.InstanceId);
            case GetInstance get:
                return new NotFound(get.InstanceId);
            case BeginImageUpload begin:
                return new ImageUploadReady(begin.ImageId, 0);
            case ImageChunk chunk:
                return Store(chunk);
            case ListHosts:
                return new HostList([Samples.HostView()]);
            default:
                return null;
        }
    }

    private object Store(ImageChunk chunk)
    {
        if (chunk.Bytes.IsEmpty)
            return new ImageUploaded(Samples.Image(1) with { Id = chunk.ImageId, SizeBytes = _script.Stored.Length });
        if (chunk.Offset == _script.Stored.Length)
            _script.Stored.Write(chunk.Bytes.Span);
        return new ImageUploadReady(chunk.ImageId, _script.Stored.Length);
    }

    private InstanceFound Found(InstanceId id) => new(id, Samples.View(id, phase: PhaseAfter(Last), revision: Last));

    private InstancePhase PhaseAfter(long sequence) =>
        sequence >= _script.Deletion ? InstancePhase.Deleted : InstancePhase.Active;

    private long Last => _script.Events.Count == 0 ? 0 : _script.Events[^1];

    private static int Order(InstanceId id) => BitConverter.ToInt32(id.Value.ToByteArray());
}
