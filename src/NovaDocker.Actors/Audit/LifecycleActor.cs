using Akka.Actor;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Journal;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;

namespace NovaDocker.Actors.Audit;

/// <summary>
/// Answers what instances of this node's host did by themselves. Who asks waits until there is something: the journal is read once
/// when the question comes, and once more each time an instance of this node says that it stored such news. Nothing is kept: the
/// cursor is the asker's, and the journal's own, so that it holds after a restart.
/// </summary>
internal sealed class LifecycleActor : UntypedActor
{
    private readonly LifecycleReader _reader;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Completes with the next news.</summary>
    private TaskCompletionSource _news = NewRound();

    public LifecycleActor(JournalTail journal, HostId host) => _reader = new LifecycleReader(journal, host);

    /// <summary>How to make one.</summary>
    /// <param name="journal">The journal, in the order in which it was written.</param>
    /// <param name="host">Whose instances are told of.</param>
    public static Props Props(JournalTail journal, HostId host) => Akka.Actor.Props.Create(() => new LifecycleActor(journal, host));

    /// <inheritdoc/>
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(LifecycleSignal));

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
            case ComputeProtocol.AwaitLifecycle query:
                AwaitAsync(query, _stopping.Token).PipeTo(Sender, failure: e => new ComputeProtocol.QueryFailed(
                    e is UnknownCursorException ? new Fault(FaultCode.Invalid, e.Message) : Faults.Of(e)));
                break;
            case LifecycleSignal:
                Interlocked.Exchange(ref _news, NewRound()).SetResult();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<ComputeProtocol.LifecyclePage> AwaitAsync(ComputeProtocol.AwaitLifecycle query, CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(query.Patience);
        while (true)
        {
            // Taken before the journal is read: what is stored meanwhile ends the wait.
            var news = Volatile.Read(ref _news).Task;
            var page = await _reader.ReadAsync(query.After).ConfigureAwait(false);
            if (query.After is null || !page.Events.IsEmpty || patience.IsCancellationRequested)
                return page;
            query = query with { After = page.Next };
            await news.WaitAsync(patience.Token).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }
}
