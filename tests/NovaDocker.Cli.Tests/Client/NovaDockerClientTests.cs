using System.Diagnostics;
using System.Security.Cryptography;
using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cli.Tests.Client;

/// <summary>The client over real remoting, with the serializers of production, against a door that a script answers for.</summary>
public sealed class NovaDockerClientTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly RequestContext Request = new("req-1", new Initiator("alice", "", "test"));

    private readonly CancellationTokenSource _limit = new(Patience);

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task Hosts_and_commands_are_answered()
    {
        await using var node = await StubNode.StartAsync();
        await using var client = node.Connect();

        Assert.Equal([Samples.HostView()], await client.ListHostsAsync(_limit.Token));
        Assert.Equal(new AlreadyDone(Samples.Web), await client.StopAsync(Samples.Web, Request, _limit.Token));
        Assert.Equal(new Stop(Samples.Web, Request), Assert.Single(node.Script.Heard<Stop>()));
        Assert.Null(await client.GetInstanceAsync(Samples.Web, _limit.Token));
    }

    [Fact]
    public async Task Ports_and_networks_are_answered()
    {
        await using var node = await StubNode.StartAsync();
        var port = PortSamples.First;
        var networks = new HostProtocol.HostNetworks(Samples.Host, [], 0, "It is away.");
        var through = new PortDiagnostics(port.Vif.Id, port.Vif.Mac, port.Vif.Device, port.Interface, null);
        node.Script.Instead = message => message switch
        {
            ComputeProtocol.AttachNic => new Accepted(Samples.Web, Samples.Operation, 7),
            GetDiagnostics { InstanceId: var id } when id != Samples.Web => new NotFound(id),
            GetDiagnostics => new Diagnostics(Samples.Web, [through]),
            ComputeProtocol.ListNetworks => new ComputeProtocol.NetworksReport([networks]),
            _ => null,
        };
        await using var client = node.Connect();
        var nic = new NicRequest { Vif = port.Vif };

        Assert.Equal(
            new Accepted(Samples.Web, Samples.Operation, 7), await client.AttachInterfaceAsync(Samples.Web, Request, nic, _limit.Token));
        Assert.IsType<AlreadyDone>(await client.DetachInterfaceAsync(Samples.Web, Request, port.Vif.Id, _limit.Token));
        Assert.Equal([through], await client.GetDiagnosticsAsync(Samples.Web, _limit.Token));
        Assert.Equal([networks], await client.ListNetworksAsync(Samples.Host, _limit.Token));

        Assert.Equal(new ComputeProtocol.AttachNic(Samples.Web, Request, nic), Assert.Single(node.Script.Heard<ComputeProtocol.AttachNic>()));
        Assert.Equal(new DetachInterface(Samples.Web, Request, port.Vif.Id), Assert.Single(node.Script.Heard<DetachInterface>()));
        Assert.Equal(new ComputeProtocol.ListNetworks(Samples.Host), Assert.Single(node.Script.Heard<ComputeProtocol.ListNetworks>()));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => client.GetDiagnosticsAsync(Samples.Id(9), _limit.Token));
    }

    [Fact]
    public async Task One_way_back_serves_one_question_after_the_other()
    {
        await using var node = await StubNode.StartAsync();
        await using var client = node.Connect();

        for (var i = 0; i < 3; i++)
            Assert.Single(await client.ListHostsAsync(_limit.Token));

        Assert.Equal(1, node.Script.WaysBack);
    }

    [Fact]
    public async Task Pages_are_joined()
    {
        await using var node = await StubNode.StartAsync(new DoorScript { Instances = [1, 2, 3, 4, 5] });
        await using var client = node.Connect();

        var ids = new List<InstanceId>();
        await foreach (var view in client.ListInstancesAsync(cancellationToken: _limit.Token))
            ids.Add(view.Id);

        Assert.Equal([Samples.Id(1), Samples.Id(2), Samples.Id(3), Samples.Id(4), Samples.Id(5)], ids);
        Assert.Equal(3, node.Script.Heard<ComputeProtocol.ListInstances>().Count);
    }

    [Fact]
    public async Task History_is_read_to_its_end()
    {
        await using var node = await StubNode.StartAsync();
        node.Script.Events.AddRange([1, 2, 3, 4, 5, 6, 7]);
        await using var client = node.Connect();

        var events = new List<long>();
        await foreach (var entry in client.GetHistoryAsync(Samples.Web, 2, _limit.Token))
            events.Add(entry.Sequence);

        Assert.Equal([3, 4, 5, 6, 7], events);
    }

    [Fact]
    public async Task Following_shows_events_as_they_happen_and_ends_with_the_deletion()
    {
        await using var node = await StubNode.StartAsync();
        node.Script.Events.AddRange([1, 2]);
        await using var client = node.Connect();

        var events = new List<long>();
        await foreach (var entry in client.FollowHistoryAsync(Samples.Web, 0, _limit.Token))
        {
            events.Add(entry.Sequence);
            if (entry.Sequence is 2 or 3)
                node.Happen(entry.Sequence + 1, deleted: entry.Sequence == 3);
        }

        Assert.Equal([1, 2, 3, 4], events);
    }

    [Fact]
    public async Task Waiting_ends_when_the_operation_is_no_longer_under_way()
    {
        await using var node = await StubNode.StartAsync();
        var course = new Queue<InstanceView>(
        [
            Samples.View(phase: InstancePhase.Building, revision: 3, operation: Samples.Building(StepKind.EnsureImage)),
            Samples.View(phase: InstancePhase.Building, revision: 5, operation: Samples.Building(StepKind.StartContainer)),
            Samples.View(revision: 7),
        ]);
        node.Script.Instead = message => message is AwaitRevision ? new InstanceFound(Samples.Web, course.Dequeue()) : null;
        await using var client = node.Connect();
        var news = new News();

        var end = await client.WaitAsync(new Accepted(Samples.Web, Samples.Operation, 1), news, _limit.Token);

        Assert.Equal(7, end.Revision);
        Assert.Equal([3, 5, 7], news.Revisions);
        Assert.Equal([1, 3, 5], node.Script.Heard<AwaitRevision>().Select(wait => wait.Revision));
    }

    [Fact]
    public async Task A_command_whose_answer_is_lost_is_said_again_with_the_same_request_id()
    {
        await using var node = await StubNode.StartAsync(new DoorScript { Losses = 1 });
        await using var client = node.Connect();

        Assert.IsType<AlreadyDone>(await client.StopAsync(Samples.Web, Request, _limit.Token));

        var heard = node.Script.Heard<Stop>();
        Assert.Equal(2, heard.Count);
        Assert.Equal(heard[0], heard[1]);
    }

    [Fact]
    public async Task An_upload_survives_a_lost_answer_byte_for_byte()
    {
        var bytes = RandomNumberGenerator.GetBytes((3 * ComputeProtocol.MaxImageChunk) + 17);
        await using var node = await StubNode.StartAsync();
        await using var client = node.Connect();
        var acknowledged = new Acknowledged(node.Script);

        var image = await client.AddImageAsync(new MemoryStream(bytes), "busybox", EquatableMap<string>.Empty, acknowledged, null, _limit.Token);

        Assert.Equal(bytes.Length, image.SizeBytes);
        Assert.Equal(bytes, node.Script.Stored.ToArray());
        Assert.Equal(bytes.Length, acknowledged.Last);
        Assert.Equal(6, node.Script.Heard<ComputeProtocol.ImageChunk>().Count);
    }

    [Fact]
    public async Task An_upload_that_the_store_refuses_is_abandoned()
    {
        await using var node = await StubNode.StartAsync();
        node.Script.Instead = message => message is ComputeProtocol.ImageChunk
            ? new ComputeProtocol.QueryFailed(new Fault(FaultCode.Invalid, "No archive."))
            : null;
        await using var client = node.Connect();

        var failure = await Assert.ThrowsAsync<QueryFailedException>(() =>
            client.AddImageAsync(new MemoryStream([1, 2, 3]), "x", EquatableMap<string>.Empty, null, null, _limit.Token));

        Assert.Equal("No archive.", failure.Message);
        while (node.Script.Heard<ComputeProtocol.AbandonImageUpload>().Count == 0)
            await Task.Delay(20, _limit.Token);
    }

    [Fact]
    public async Task A_message_too_big_for_a_frame_is_not_sent()
    {
        await using var node = await StubNode.StartAsync();
        await using var client = node.Connect();
        var boot = new ComputeProtocol.BootInstance(
            Samples.Web, Request, "web", "busybox", 256, 1, [new string('x', 130_000)], EquatableMap<string>.Empty);

        var failure = await Assert.ThrowsAsync<MessageTooBigException>(() => client.BootAsync(boot, _limit.Token));

        Assert.Contains("BootInstance takes 130", failure.Message, StringComparison.Ordinal);
        Assert.Empty(node.Script.Heard<ComputeProtocol.BootInstance>());
    }

    [Fact]
    public async Task The_biggest_image_chunk_fits_into_a_frame()
    {
        await using var node = await StubNode.StartAsync();
        await using var client = node.Connect();

        var image = await client.AddImageAsync(
            new MemoryStream(new byte[ComputeProtocol.MaxImageChunk]), "zeros", EquatableMap<string>.Empty, null, null, _limit.Token);

        Assert.Equal(ComputeProtocol.MaxImageChunk, image.SizeBytes);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_told_at_once_with_the_address()
    {
        await using var client = new NovaDockerClient(new NovaDockerClientOptions
        {
            Contacts = [new NodeAddress("127.0.0.1", 1)], Timeout = Patience,
        });
        var clock = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAsync<HostUnreachableException>(() => client.ListHostsAsync(_limit.Token));

        Assert.Contains("127.0.0.1:1: Connection refused. Check that the node runs", failure.Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < Patience / 2, $"It took {clock.Elapsed}.");
    }

    [Fact]
    public async Task A_node_that_appears_later_is_found_by_the_same_client()
    {
        await using var first = await StubNode.StartAsync();
        var address = first.Address;
        await first.DisposeAsync();
        await using var client = first.Connect();
        await Assert.ThrowsAsync<HostUnreachableException>(() => client.ListHostsAsync(_limit.Token));

        await using var second = await StubNode.StartAsync(port: address.Port);

        await IsAnsweredAsync(client);
    }

    [Fact]
    public async Task A_node_that_restarts_is_waited_for()
    {
        await using var first = await StubNode.StartAsync();
        await using var client = first.Connect();
        Assert.Single(await client.ListHostsAsync(_limit.Token));
        await first.DisposeAsync();

        var question = client.ListHostsAsync(_limit.Token);
        await using var second = await StubNode.StartAsync(port: first.Address.Port);

        Assert.Single(await question);
    }

    [Fact]
    public async Task Silence_is_told_with_the_time_waited()
    {
        await using var node = await StubNode.StartAsync();
        await using var client = node.Connect(TimeSpan.FromSeconds(2));
        await IsAnsweredAsync(client);
        node.Script.Losses = int.MaxValue;

        var failure = await Assert.ThrowsAsync<HostUnreachableException>(() => client.ListHostsAsync(_limit.Token));

        Assert.Contains($"No answer from {node.Address} within 2 s. Something listens there", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_instance_is_an_exception_of_its_own()
    {
        await using var node = await StubNode.StartAsync();
        node.Script.Instead = message => message is GetConsoleOutput console ? new NotFound(console.InstanceId) : null;
        await using var client = node.Connect();

        var failure = await Assert.ThrowsAsync<InstanceNotFoundException>(() => client.GetConsoleOutputAsync(Samples.Web, 10, _limit.Token));
        Assert.Equal(Samples.Web, failure.InstanceId);
    }

    [Fact]
    public async Task A_client_works_in_an_actor_system_of_somebody_else_and_leaves_it_running()
    {
        await using var node = await StubNode.StartAsync();
        using var system = ActorSystem.Create("embedder", Akka.Configuration.ConfigurationFactory.ParseString(
            """
            akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = remote, remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 } }
            """).WithFallback(NovaDockerClient.Configuration));

        await using (var client = new NovaDockerClient(new NovaDockerClientOptions { Contacts = [node.Address], ActorSystem = system }))
            Assert.Single(await client.ListHostsAsync(_limit.Token));

        Assert.False(system.WhenTerminated.IsCompleted);
    }

    /// <summary>Waits until the client is connected. The remoting keeps the gate to an address that refused shut for some seconds.</summary>
    private async Task IsAnsweredAsync(NovaDockerClient client)
    {
        while (true)
        {
            try
            {
                Assert.Single(await client.ListHostsAsync(_limit.Token));
                return;
            }
            catch (HostUnreachableException)
            {
                // Not yet.
            }
        }
    }

    private sealed class News : IProgress<InstanceView>
    {
        public List<long> Revisions { get; } = [];

        public void Report(InstanceView value) => Revisions.Add(value.Revision);
    }

    /// <summary>Loses the answer to the second chunk.</summary>
    private sealed class Acknowledged(DoorScript script) : IProgress<long>
    {
        public long Last { get; private set; }

        public void Report(long value)
        {
            if (Last == 0)
                script.Losses = 1;
            Last = value;
        }
    }
}
