using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Docker;

/// <summary>
/// An Engine that comes back, and a watch that is as fast as can be: it runs on its supervisor's own thread, so that its look
/// is over before the supervisor goes on.
/// </summary>
public sealed class EngineReturnSpecs : TestKit
{
    private static readonly Config AtOnce = ConfigurationFactory.ParseString(
        """akka.actor.deployment { /host/docker/watch.dispatcher = "akka.test.calling-thread-dispatcher" }""");

    private readonly FakeContainerEngine _engine = new();
    private readonly TestProbe _agent;

    public EngineReturnSpecs(ITestOutputHelper output)
        : base(AtOnce.WithFallback(TestSystem.Config), "return", output) => _agent = CreateTestProbe("agent");

    [Fact]
    public async Task The_host_hears_that_the_engine_is_back_before_what_is_in_it()
    {
        _engine.Faults.FailBefore(EngineCall.GetInfo, EngineErrorKind.Unavailable);

        Sys.ActorOf(
            Akka.Actor.Props.Create(() => new Parent(
                DockerSupervisor.Props(
                    new OneEngine(_engine), Sample.EngineSettings, Sample.Settings, Sample.Identity, Sample.Blueprint(), TimeProvider.System),
                _agent)),
            "host");

        await _agent.FishForMessageAsync(message => message is EngineHealth { Info: null });
        await _agent.FishForMessageAsync(message => message is EngineHealth { Info: not null });
        await _agent.FishForMessageAsync(message => message is ContainersSeen);
    }

    /// <summary>Has the supervisor as its child, as the host agent does, and passes on what it is told.</summary>
    private sealed class Parent : UntypedActor
    {
        private readonly IActorRef _to;

        public Parent(Props docker, IActorRef to)
        {
            _to = to;
            Context.ActorOf(docker, "docker");
        }

        protected override void OnReceive(object message) => _to.Forward(message);
    }
}
