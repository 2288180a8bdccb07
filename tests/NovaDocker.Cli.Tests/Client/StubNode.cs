using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using NovaDocker.Wire;
using NovaDocker.Wire.Client;

namespace NovaDocker.Cli.Tests.Client;

/// <summary>A cluster of one with a receptionist and a <see cref="StubDoor"/>, listening on a free port.</summary>
internal sealed class StubNode : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly IActorRef _door;

    private StubNode(ActorSystem system, IActorRef door, DoorScript script)
    {
        _system = system;
        _door = door;
        Script = script;
        Address = new NodeAddress("127.0.0.1", Cluster.Get(system).SelfAddress.Port!.Value);
    }

    public DoorScript Script { get; }

    public NodeAddress Address { get; }

    public static async Task<StubNode> StartAsync(DoorScript? script = null, int port = 0)
    {
        script ??= new DoorScript();
        var config = SerializationConfig.Value.WithFallback(ConfigurationFactory.ParseString(
            $$"""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              actor.provider = cluster
              coordinated-shutdown.run-by-clr-shutdown-hook = off
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = {{port}} }
              remote.dot-netty.tcp.batching.enabled = off
            }
            """)).WithFallback(ClusterClientReceptionist.DefaultConfig()).WithFallback(DistributedPubSub.DefaultConfig());
        var system = ActorSystem.Create(NodeAddress.SystemName, config);
        var door = system.ActorOf(StubDoor.Props(script), "instances");
        await Cluster.Get(system).JoinAsync(Cluster.Get(system).SelfAddress);
        ClusterClientReceptionist.Get(system).RegisterService(door);
        return new StubNode(system, door, script);
    }

    public NovaDockerClient Connect(TimeSpan? timeout = null) =>
        new(new NovaDockerClientOptions { Contacts = [Address], Timeout = timeout ?? TimeSpan.FromSeconds(20) });

    public void Happen(long sequence, bool deleted = false) => _door.Tell(new StubDoor.Happen(sequence, deleted));

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
