using Akka.Actor;

namespace NovaDocker.Wire.Client;

/// <summary>What a <see cref="NovaDockerClient"/> is to know at its start.</summary>
public sealed record NovaDockerClientOptions
{
    /// <summary>The nodes to try first; one that answers names the others. At least one.</summary>
    public IReadOnlyList<NodeAddress> Contacts { get; init; } = [NodeAddress.Local];

    /// <summary>How the connection is secured; null for clear text, as nodes on loopback have it.</summary>
    public RemotingTls? Tls { get; init; }

    /// <summary>
    /// How long an answer may take in all, repeated attempts included. The patience of a question that waits for news
    /// (<see cref="INovaDockerClient.AwaitRevisionAsync"/>) comes on top of it.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// An actor system to work in; it stays its owner's. It needs remoting and the configuration of
    /// <see cref="NovaDockerClient.Configuration"/>, and TLS of its own where the nodes have it. Null lets the client start a small one of its own.
    /// </summary>
    public ActorSystem? ActorSystem { get; init; }
}
