using System.Collections.Concurrent;
using System.Net;
using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using NovaDocker.Actors.Hosting;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Tests.Equipment;

namespace NovaDocker.Http.Tests;

/// <summary>When the door opens, before a node that has only just started: the test answers for its actors.</summary>
public sealed class OpeningTests : IAsyncDisposable
{
    private static readonly HostId Host = new("00000000000000000000000000000001");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nd");
    private readonly ActorSystem _system = ActorSystem.Create("opening");

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task It_opens_when_the_directory_of_hosts_has_the_nodes_own()
    {
        var socket = Path.Combine(_directory.FullName, "http.sock");
        var openAtListings = new ConcurrentQueue<bool>();
        Func<object, object> answer = Answer;
        _system.ActorOf(Props.Create(() => new Answerer(answer)), "host");
        _system.ActorOf(Props.Create(() => new Answerer(answer)), "instances");
        var settings = new HttpSettings(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite, "");
        var door = new HttpDoor(settings, () => _system, NullLoggerFactory.Instance, TimeProvider.System);

        await door.StartAsync(CancellationToken.None);

        using (var client = new DoorClient(socket))
            Assert.Equal(Host.Value, (await client.GetAsync("/v1/host")).Expect(HttpStatusCode.OK).Body.Text("hostId"));
        await door.StopAsync(CancellationToken.None);
        Assert.Equal([false, false, false, true], openAtListings);

        object Answer(object question)
        {
            if (question is not ComputeProtocol.ListHosts)
                return new HostProtocol.HostIdentified(Host);
            openAtListings.Enqueue(File.Exists(socket));
            var own = new HostView(Host, "own", "", EngineState.Unknown, "", "", 0, 0, 0, 0, 0, 0, null);
            return new ComputeProtocol.HostList(openAtListings.Count > 2 ? [own] : []);
        }
    }

    private sealed class Answerer(Func<object, object> answer) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(answer(message));
    }
}
