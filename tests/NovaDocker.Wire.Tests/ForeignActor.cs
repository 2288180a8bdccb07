using Akka.Actor;

namespace NovaDocker.Wire.Tests;

/// <summary>An actor that a stranger would have made on a node. It counts how often one is.</summary>
public sealed class ForeignActor : UntypedActor
{
    private static int _made;

    public ForeignActor() => Interlocked.Increment(ref _made);

    public static int Made => Volatile.Read(ref _made);

    protected override void OnReceive(object message) => Unhandled(message);
}
