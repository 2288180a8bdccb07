using System.Collections.Concurrent;
using Akka.Actor;

namespace NovaDocker.Wire.Client;

/// <summary>
/// Asks questions through actors that are used again. A node makes a way back for every actor that asks it, which costs it
/// more than many an answer; Akka's own <c>Ask</c> is a new actor each time. Safe for concurrent use.
/// </summary>
/// <param name="system">Where the actors live.</param>
/// <param name="clusterClient">The way to the nodes.</param>
internal sealed class Askers(ActorSystem system, IActorRef clusterClient)
{
    /// <summary>The node forgets a way back after 30 s without traffic; one that it is about to forget is not used any more.</summary>
    private static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(20);

    private readonly ConcurrentStack<(IActorRef Asker, long Since)> _idle = new();
    private volatile bool _isClosed;

    /// <summary>Asks once.</summary>
    /// <param name="message">What the ClusterClient is told.</param>
    /// <param name="timeout">How long to wait for the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">No answer came in time.</exception>
    public async Task<object> AskAsync(object message, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var asker = Take();
        var isAnswered = false;
        try
        {
            var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
            asker.Tell(new Asker.Question(message, answer));
            var result = await answer.Task.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
            isAnswered = true;
            return result;
        }
        finally
        {
            // An answer that comes late would be taken for that of the next question.
            if (isAnswered)
                GiveBack(asker);
            else
                system.Stop(asker);
        }
    }

    /// <summary>Stops the actors; those that still ask stop when they are done.</summary>
    public void Close()
    {
        _isClosed = true;
        while (_idle.TryPop(out var idle))
            system.Stop(idle.Asker);
    }

    private IActorRef Take()
    {
        while (_idle.TryPop(out var idle))
        {
            if (TimeProvider.System.GetElapsedTime(idle.Since) < MaxIdle)
                return idle.Asker;
            system.Stop(idle.Asker);
        }

        return system.ActorOf(Asker.Props(clusterClient));
    }

    private void GiveBack(IActorRef asker)
    {
        _idle.Push((asker, TimeProvider.System.GetTimestamp()));
        if (_isClosed)
            Close();
    }
}
