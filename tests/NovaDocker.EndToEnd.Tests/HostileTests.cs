using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>What comes to the node's port from those who mean it no good: one line in its log each, and it goes on.</summary>
public sealed class HostileTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Config Open = ConfigurationFactory.ParseString(
        """
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """);

    [SkippableTheory]
    [InlineData("/user/instances")]
    [InlineData("/system/receptionist")]
    public async Task A_foreign_class_as_json_is_refused_with_one_line(string actor)
    {
        using var stranger = ActorSystem.Create("stranger", Open);

        await AssertOneLineAsync(() => Send(stranger, actor, new Foreign("made from bytes")), "association remains live");
    }

    [SkippableFact]
    public async Task An_unknown_manifest_is_refused_with_one_line()
    {
        var config = ConfigurationFactory.ParseString(
            $$"""
            akka.actor.serializers.forged = "{{typeof(ForgedSerializer).AssemblyQualifiedName}}"
            akka.actor.serialization-bindings."{{typeof(Foreign).AssemblyQualifiedName}}" = forged
            """);
        using var stranger = ActorSystem.Create("stranger", config.WithFallback(Open));

        await AssertOneLineAsync(() => Send(stranger, "/user/instances", new Foreign("forged")), ForgedSerializer.UnknownManifest);
    }

    [SkippableFact]
    public async Task A_frame_over_the_limit_is_cut_off_with_one_line()
    {
        var big = ConfigurationFactory.ParseString("akka.remote.dot-netty.tcp.maximum-frame-size = 4 MiB");
        using var stranger = ActorSystem.Create("stranger", SerializationConfig.Value.WithFallback(big).WithFallback(Open));
        var message = new InstanceProtocol.ConsoleOutput(CommanderIds.NewInstanceId(), new string('x', 1_000_000), false);

        var before = Lab.Node.Out.Length;
        Send(stranger, "/user/instances", message);

        // Akka tells of the connection's end, too; of the frame there is one line.
        await Eventually.HoldsAsync(() => TooLong() > 0, "the frame is refused", Patience);
        await AssertWorksAsync();
        Assert.Equal(1, TooLong());

        int TooLong() => Lab.Node.Out[before..].Split('\n').Count(line => line.StartsWith("DotNetty.Codecs.TooLongFrameException", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData(1 << 30, 4096)]
    [InlineData(-1, 4096)]
    [InlineData(64, 64)]
    public async Task Noise_is_cut_off_with_one_line(int promised, int sent)
    {
        using var socket = await ConnectAsync();

        await AssertOneLineAsync(() => socket.Send([.. BitConverter.GetBytes(promised), .. new byte[sent]]), "");
    }

    [SkippableFact]
    public async Task A_message_that_breaks_off_does_nothing()
    {
        var before = Problems();
        using (var socket = await ConnectAsync())
        {
            await socket.SendAsync((byte[])[.. BitConverter.GetBytes(1000), .. Encoding.UTF8.GetBytes("half a message")]);
            socket.Shutdown(SocketShutdown.Send);
            using var patience = new CancellationTokenSource(Patience);
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], patience.Token));
        }

        await AssertWorksAsync();
        Assert.Equal(before, Problems());
    }

    /// <summary>A warning or an error; but that a stranger of an earlier test has gone may be said at any time.</summary>
    private static bool IsProblem(string line) =>
        (line.Contains(" WRN ", StringComparison.Ordinal) || line.Contains(" ERR ", StringComparison.Ordinal))
        && !line.Contains("Disassociated", StringComparison.Ordinal) && !MachineNoise.Is(line);

    private void Send(ActorSystem system, string actor, object message) =>
        system.ActorSelection($"akka.tcp://novadocker@127.0.0.1:{Lab.Port}{actor}").Tell(message);

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", Lab.Port);
        return socket;
    }

    private int Problems() => Lab.Node.Out.Split('\n').Count(IsProblem);

    /// <summary>The line comes, with this in it, it is the only one, and the node does what it is told afterwards.</summary>
    private async Task AssertOneLineAsync(Action abuse, string text)
    {
        var (before, problems) = (Lab.Node.Out.Length, Problems());
        abuse();
        await Eventually.HoldsAsync(
            () => Problems() > problems && Lab.Node.Out[before..].Contains(text, StringComparison.Ordinal), $"a problem '{text}' in the node's log", Patience);
        await AssertWorksAsync();
        Assert.True(Problems() == problems + 1, Lab.Node.Out[before..]);
    }

    private async Task AssertWorksAsync()
    {
        var id = CommanderIds.NewInstanceId();
        var view = await Lab.EndOfAsync(await Lab.Client.BootAsync(
            new(id, Lab.NewRequest(), "friend", Lab.ImageName, 16, 1, [], EquatableMap<string>.Empty)));
        Assert.Equal(InstancePhase.Active, view.Phase);
        await Lab.DeleteAsync(id.ToString());
    }

    /// <summary>A type that is nobody's message.</summary>
    /// <param name="Text">Anything.</param>
    public sealed record Foreign(string Text);

    /// <summary>Gives itself out for the serializer of the node, with a manifest that nobody knows.</summary>
    public sealed class ForgedSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public const string UnknownManifest = "forged-v9";

        public override int Identifier => NovaDockerSerializer.WireIdentifier;

        public override string Manifest(object o) => UnknownManifest;

        public override byte[] ToBinary(object obj) => [1, 2, 3];

        public override object FromBinary(byte[] bytes, string manifest) => throw new NotSupportedException();
    }
}
