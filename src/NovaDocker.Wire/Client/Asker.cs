using Akka.Actor;

namespace NovaDocker.Wire.Client;

/// <summary>Asks one question at a time and takes what comes next for its answer. Owned by <see cref="Askers"/>.</summary>
internal sealed class Asker : UntypedActor
{
    private readonly IActorRef _clusterClient;

    /// <summary>Where the answer is to go; null while nothing is asked.</summary>
    private TaskCompletionSource<object>? _answer;

    public Asker(IActorRef clusterClient) => _clusterClient = clusterClient;

    public static Props Props(IActorRef clusterClient) => Akka.Actor.Props.Create(() => new Asker(clusterClient));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is Question question)
        {
            _answer = question.Answer;
            _clusterClient.Tell(question.Message, Self);
            return;
        }

        _answer?.TrySetResult(message);
        _answer = null;
    }

    /// <summary>Ask this.</summary>
    /// <param name="Message">What the ClusterClient is told.</param>
    /// <param name="Answer">Gets the answer.</param>
    internal sealed record Question(object Message, TaskCompletionSource<object> Answer) : INoSerializationVerificationNeeded;
}
