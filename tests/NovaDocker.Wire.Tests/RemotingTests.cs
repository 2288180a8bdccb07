using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using DotNetty.Codecs;
using NovaDocker.Domain.Common;
using Xunit.Abstractions;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>A node on the loopback, and what comes to its port: friends, strangers and noise.</summary>
[Collection(OneAtATime.Name)]
public sealed class RemotingTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly InstanceId Known = InstanceId.Parse("6f1c2a34-5b6d-4e7f-8091-a2b3c4d5e6f7");

    /// <summary>Akka's remoting as it comes: JSON for every type, and remote deployment.</summary>
    private static readonly Config Open = ConfigurationFactory.ParseString(
        """
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """);

    private static readonly Config Closed = SerializationConfig.Value.WithFallback(Open);

    private readonly List<ActorSystem> _others = [];
    private readonly TestProbe _log;
    private readonly Address _address;

    public RemotingTests(ITestOutputHelper output)
        : base(Closed, "node", output)
    {
        _log = CreateTestProbe("log");
        Sys.EventStream.Subscribe(_log, typeof(Warning));
        Sys.EventStream.Subscribe(_log, typeof(Error));
        Sys.ActorOf(Props.Create<Door>(), "door");
        _address = ((ExtendedActorSystem)Sys).Provider.DefaultAddress;
    }

    [Fact]
    public async Task A_friend_is_answered() => await AssertAnswersAsync(Join("friend", Closed));

    [Fact]
    public async Task The_biggest_chunk_of_an_image_fits_a_frame()
    {
        var chunk = (ImageChunk)Samples.Named("image-chunk-full").Message;

        var ready = await DoorOf(Join("friend", Closed)).Ask<ImageUploadReady>(chunk, Patience);

        Assert.Equal(MaxImageChunk, ready.Offset);
    }

    [Fact]
    public async Task A_foreign_type_is_refused_with_one_line_and_the_connection_lives()
    {
        var stranger = Join("stranger", Open);
        await AssertTalksAsync(stranger);
        var sent = new Foreign();
        var made = Foreign.Made;

        DoorOf(stranger).Tell(sent);
        await AssertTalksAsync(stranger);

        Assert.Equal(made, Foreign.Made);
        var line = Assert.Single(Logged());
        Assert.Equal(LogLevel.WarningLevel, line.LogLevel());
        Assert.Contains("association remains live", line.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_actor_named_from_outside_is_not_made()
    {
        var stranger = Join("stranger", Open);
        await AssertTalksAsync(stranger);

        stranger.ActorOf(
            Props.Create<ForeignActor>().WithDeploy(Deploy.None.WithScope(new RemoteScope(_address))), "planted");
        var line = _log.FishForMessage<LogEvent>(_ => true, Patience);

        Assert.Contains("remote deployment", $"{line} {line.Cause}", StringComparison.Ordinal);
        Assert.Equal(0, ForeignActor.Made);
        await AssertAnswersAsync(Join("friend", Closed));
    }

    [Fact]
    public async Task A_message_over_the_frame_is_dropped_by_its_sender_and_the_connection_lives()
    {
        var friend = Join("friend", Closed);

        DoorOf(friend).Tell(new ConsoleOutput(Known, new string('x', 200_000), false));

        await AssertAnswersAsync(friend);
        Assert.Empty(Logged());
    }

    [Fact]
    public async Task A_sender_with_bigger_frames_is_cut_off_and_others_are_answered()
    {
        var stranger = Join("stranger", ConfigurationFactory
            .ParseString("akka.remote.dot-netty.tcp.maximum-frame-size = 4 MiB").WithFallback(Closed));
        await AssertAnswersAsync(stranger);

        DoorOf(stranger).Tell(new ConsoleOutput(Known, new string('x', 1_000_000), false));

        await AssertAnswersAsync(Join("friend", Closed));
        Assert.Single(Logged(), line => line.Cause is TooLongFrameException);
    }

    [Theory]
    [InlineData(1 << 30, 4096)]
    [InlineData(-1, 4096)]
    [InlineData(64, 64)]
    public async Task Noise_is_cut_off_with_one_line_and_others_are_answered(int promised, int sent)
    {
        var before = GC.GetTotalAllocatedBytes();
        using var patience = new CancellationTokenSource(Patience);
        using var socket = await SendAsync(promised, sent, patience.Token);

        Assert.Equal(0, await ReceiveAsync(socket, patience.Token));

        await AssertAnswersAsync(Join("friend", Closed));
        Assert.Single(Logged());
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 1 << 28);
    }

    [Fact]
    public async Task A_frame_cut_off_is_passed_over_in_silence_and_others_are_answered()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var socket = await SendAsync(1000, 10, patience.Token);
        socket.Shutdown(SocketShutdown.Send);

        Assert.Equal(0, await ReceiveAsync(socket, patience.Token));

        await AssertAnswersAsync(Join("friend", Closed));
        Assert.Empty(Logged());
    }

    protected override void AfterAll()
    {
        foreach (var system in _others)
            Shutdown(system);
        base.AfterAll();
    }

    private static async Task<int> ReceiveAsync(Socket socket, CancellationToken cancel)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], cancel);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private async Task<Socket> SendAsync(int promised, int sent, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", _address.Port!.Value, cancel);
        await socket.SendAsync((byte[])[.. BitConverter.GetBytes(promised), .. new byte[sent]], cancel);
        return socket;
    }

    private ActorSystem Join(string name, Config config)
    {
        var system = ActorSystem.Create(name, config);
        _others.Add(system);
        return system;
    }

    private ActorSelection DoorOf(ActorSystem system) =>
        system.ActorSelection(new RootActorPath(_address) / "user" / "door");

    private async Task AssertAnswersAsync(ActorSystem system)
    {
        var answer = await DoorOf(system).Ask<NotFound>(new GetInstance(Known), Patience);
        Assert.Equal(Known, answer.InstanceId);
    }

    /// <summary>As a stranger can be answered: in words of Akka's own.</summary>
    private async Task AssertTalksAsync(ActorSystem stranger) =>
        Assert.Equal("pong", await DoorOf(stranger).Ask<string>("ping", Patience));

    /// <summary>The lines so far. What one connection causes is logged before the next is served, or a moment after.</summary>
    private List<LogEvent> Logged() =>
        [.. _log.ReceiveWhile(Patience, TimeSpan.FromMilliseconds(500), message => (LogEvent)message)];

    private sealed class Door : ReceiveActor
    {
        public Door()
        {
            Receive<GetInstance>(query => Sender.Tell(new NotFound(query.InstanceId)));
            Receive<ImageChunk>(chunk =>
                Sender.Tell(new ImageUploadReady(chunk.ImageId, chunk.Offset + chunk.Bytes.Length)));
            Receive<string>(_ => Sender.Tell("pong"));
        }
    }
}
