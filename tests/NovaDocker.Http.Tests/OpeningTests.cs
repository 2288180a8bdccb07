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
public sealed class OpeningTests : IAsyncLifetime
{
    private static readonly HostId Host = new("00000000000000000000000000000001");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nd");
    private readonly ActorSystem _system = ActorSystem.Create("opening");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _system.Terminate();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Where_that_takes_too_long_it_opens_and_says_so_when_asked()
    {
        var door = Door(_ => new ComputeProtocol.HostList([]), new Hurry());

        await door.StartAsync(CancellationToken.None);

        using (var client = new DoorClient(Socket))
            (await client.GetAsync("/v1/host")).ExpectProblem(502, "query-failed");
        await door.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task It_opens_when_the_directory_of_hosts_has_the_nodes_own()
    {
        var openAtListings = new ConcurrentQueue<bool>();
        var door = Door(_ => List(), TimeProvider.System);

        await door.StartAsync(CancellationToken.None);

        using (var client = new DoorClient(Socket))
            Assert.Equal(Host.Value, (await client.GetAsync("/v1/host")).Expect(HttpStatusCode.OK).Body.Text("hostId"));
        await door.StopAsync(CancellationToken.None);
        Assert.Equal([false, false, false, true], openAtListings);

        ComputeProtocol.HostList List()
        {
            openAtListings.Enqueue(File.Exists(Socket));
            var own = new HostView(Host, "own", "", EngineState.Unknown, "", "", 0, 0, 0, 0, 0, 0, null);
            return new ComputeProtocol.HostList(openAtListings.Count > 2 ? [own] : []);
        }
    }

    private string Socket => Path.Combine(_directory.FullName, "http.sock");

    /// <summary>A door of a node whose host is there, and whose directory answers as told.</summary>
    private HttpDoor Door(Func<object, object> directory, TimeProvider time)
    {
        Func<object, object> agent = _ => new HostProtocol.HostIdentified(Host);
        _system.ActorOf(Props.Create(() => new Answerer(agent)), "host");
        _system.ActorOf(Props.Create(() => new Answerer(directory)), "instances");
        var settings = new HttpSettings(Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite, "");
        return new HttpDoor(settings, () => _system, NullLoggerFactory.Instance, time);
    }

    /// <summary>A clock whose timers go off a hundred times sooner.</summary>
    private sealed class Hurry : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 100 : dueTime, period);
    }

    private sealed class Answerer(Func<object, object> answer) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(answer(message));
    }
}
