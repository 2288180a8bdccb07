using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.UserData.Policy;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Docker;

/// <summary>The supervisor of the Engine and its watch, over a fake Engine; the test is the host agent.</summary>
public sealed partial class DockerSupervisorSpecs : TestKit
{
    private readonly FakeContainerEngine _engine = new();
    private readonly TestProbe _agent;
    private readonly Lazy<IActorRef> _docker;
    private IContainerEngineFactory _factory;
    private int _looks;

    public DockerSupervisorSpecs(ITestOutputHelper output)
        : base(TestSystem.Config, "docker", output)
    {
        _engine.AddImage(Sample.Archive with { Tags = [NovaDocker.Actors.Images.ImageTags.ForImage(Sample.Image.Id)] });
        _agent = CreateTestProbe("agent");
        _factory = new OneEngine(_engine);
        _docker = new Lazy<IActorRef>(() => _agent.ChildActorOf(DockerSupervisor.Props(
            _factory, Sample.EngineSettings, Sample.Settings, Sample.Identity, Sample.Blueprint(), TimeProvider.System)));
    }

    [Fact]
    public async Task It_opens_the_engine_and_tells_its_health()
    {
        Start();

        Assert.Same(_engine, (await _agent.ExpectMsgAsync<EngineOpened>()).Engine);
        Assert.Equal("20.10.24", (await NextAsync<EngineHealth>()).Info!.Version);
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_a_problem_and_no_container_is_gone()
    {
        Start();
        await BootAsync();
        _engine.Faults.FailBefore(EngineCall.GetInfo, EngineErrorKind.Unavailable, 2);
        _engine.Faults.FailBefore(EngineCall.ListContainers, EngineErrorKind.Unavailable, 2);
        _engine.DropEventStreams();

        var health = await _agent.FishForMessageAsync(m => m is EngineHealth { Info: null });

        Assert.NotNull(((EngineHealth)health).Problem);
        var seen = await _agent.FishForMessageAsync(m => m is ContainersSeen or ContainerVanished);
        Assert.Single(Assert.IsType<ContainersSeen>(seen).Containers);
        await NextAsync<EngineHealth>(health => health.Info is not null);
    }

    [Fact]
    public async Task An_engine_that_cannot_be_opened_is_a_problem_until_it_can()
    {
        var factory = new BrokenFactory(_engine);
        _factory = factory;
        Start();
        Assert.Equal("The certificate cannot be read.", (await _agent.ExpectMsgAsync<EngineHealth>()).Problem);

        _docker.Value.Tell(Sample.Step(StepKind.CreateContainer), _agent);
        Assert.Equal(FaultCode.Unavailable, (await NextAsync<StepFinished>()).Fault!.Code);
        _docker.Value.Tell(new HostProtocol.ReadConsole(Sample.Host, Sample.Id, "x", 1), TestActor);
        Assert.Equal(RefusalCode.NoHost, (await ExpectMsgAsync<Refused>()).Code);

        await Eventually.HoldsAsync(() => factory.Failed > 1, "it is tried again");
        factory.Mend();
        await NextAsync<EngineOpened>();
        await NextAsync<EngineHealth>(health => health.Info is not null);
        Assert.Equal(1, factory.Opened);
    }

    [Fact]
    public async Task A_defect_behind_the_port_ends_neither_the_looking_nor_the_watching()
    {
        foreach (var call in new[] { EngineCall.GetInfo, EngineCall.ListContainers, EngineCall.WatchContainers })
            _engine.Faults.HoldBefore(call).Fail(new InvalidOperationException("a defect"));
        Start();

        Assert.Equal("a defect", (await NextAsync<EngineHealth>(health => health.Problem is not null)).Problem);

        await NextAsync<EngineHealth>(health => health.Info is not null);
        await Eventually.HoldsAsync(() => _engine.Watchers == 1, "the events are followed");
        await Eventually.HoldsAsync(() => _engine.CountOf(EngineCall.ListContainers) > 1, "all were looked at");
    }

    [Fact]
    public async Task A_step_is_done_and_its_outcome_told()
    {
        Start();
        var step = Sample.Step(StepKind.CreateContainer);

        _docker.Value.Tell(step);

        var finished = await NextAsync<StepFinished>();
        Assert.Equal((step, null), (finished.Step, finished.Fault));
        Assert.Equal(Assert.Single(_engine.Containers).Id, ((StepResult.ContainerCreated)finished.Result!).ContainerId);
    }

    [Fact]
    public async Task A_gentle_stop_can_be_called_off()
    {
        Start();
        var container = await BootAsync();
        var held = _engine.Faults.HoldBefore(EngineCall.StopContainer);
        var stop = Sample.Step(StepKind.StopContainer, 8, container: container);
        _docker.Value.Tell(stop);
        await held.Reached;

        _docker.Value.Tell(new CancelStep(stop));

        Assert.Equal(FaultCode.Cancelled, (await NextAsync<StepFinished>()).Fault!.Code);
    }

    [Fact]
    public async Task No_other_step_can_be_called_off()
    {
        Start();
        var held = _engine.Faults.HoldBefore(EngineCall.CreateContainer);
        var create = Sample.Step(StepKind.CreateContainer);
        _docker.Value.Tell(create);
        await held.Reached;

        _docker.Value.Tell(new CancelStep(create));
        _docker.Value.Tell(new HostProtocol.ReadConsole(Sample.Host, Sample.Id, "none", 1), TestActor);
        await ExpectMsgAsync<Refused>();
        held.Release();

        Assert.NotNull((await NextAsync<StepFinished>()).Result);
    }

    [Fact]
    public async Task Steps_of_two_instances_run_side_by_side()
    {
        Start();
        var held = _engine.Faults.HoldBefore(EngineCall.CreateContainer);
        _docker.Value.Tell(Sample.Step(StepKind.CreateContainer));
        await held.Reached;
        var other = Sample.Step(StepKind.CreateContainer, 2, Sample.NewId());

        _docker.Value.Tell(other);

        Assert.Equal(other, (await NextAsync<StepFinished>()).Step);
        held.Release();
        Assert.Equal(Sample.Id, (await NextAsync<StepFinished>()).Step.InstanceId);
    }

    [Fact]
    public async Task The_end_of_a_container_of_ours_is_reported_as_it_was()
    {
        Start();
        var container = await BootAsync();

        _engine.Exit(container, 137, outOfMemory: true);

        var ended = await NextAsync<ContainerStirred>(stirred => stirred.Sighting.Exit is not null);
        Assert.Equal(
            (Sample.Id, container, 137, true),
            (ended.InstanceId, ended.Sighting.ContainerId, ended.Sighting.Exit!.ExitCode, ended.Sighting.Exit.OutOfMemory));
    }

    [Fact]
    public async Task An_end_that_cannot_be_looked_at_is_reported_when_it_can()
    {
        Start();
        var container = await BootAsync();
        _engine.Faults.FailBefore(EngineCall.FindContainer, EngineErrorKind.Transient);
        _engine.Faults.FailBefore(EngineCall.ListContainers, EngineErrorKind.Transient);

        _engine.Exit(container, 1);

        Assert.Equal(1, await NextExitAsync());
    }

    [Fact]
    public async Task An_end_during_a_gap_in_the_events_is_found_by_a_look_at_all()
    {
        Start();
        var container = await BootAsync();
        _engine.Faults.FailBefore(EngineCall.WatchContainers, EngineErrorKind.Unavailable, 1000);
        _engine.DropEventStreams();
        await Eventually.HoldsAsync(() => _engine.Watchers == 0, "nobody watches");

        _engine.Exit(container, 5);

        Assert.Equal(5, await NextExitAsync());
    }

    [Fact]
    public async Task A_container_of_ours_that_somebody_removes_is_reported()
    {
        Start();
        var container = await BootAsync();

        await _engine.RemoveContainerAsync(container, CancellationToken.None);

        Assert.Equal(new ContainerVanished(Sample.Id, container), await NextAsync<ContainerVanished>());
    }

    [Theory]
    [InlineData("other-host", "test-cluster")]
    [InlineData("host-1", "other-cluster")]
    public async Task Containers_of_others_are_none_of_its_business(string host, string cluster)
    {
        Start();
        var ours = await BootAsync();
        var other = Sample.Identity with { Id = new HostId(host), ClusterName = cluster };
        var steps = new ContainerSteps(
            _engine, other, Sample.Settings, Sample.BlueprintUnder(ContainerPolicy.Default, host: other));
        var create = Sample.Step(StepKind.CreateContainer, 1, Sample.NewId());
        var made = (StepResult.ContainerCreated)await steps.RunAsync(create, 4, CancellationToken.None);
        await _engine.StartContainerAsync(made.ContainerId, CancellationToken.None);

        _engine.Exit(made.ContainerId, 1);
        await _engine.RemoveContainerAsync(made.ContainerId, CancellationToken.None);
        _engine.Exit(ours, 2);

        var first = await _agent.FishForMessageAsync(
            message => message is ContainerStirred { Sighting.Exit: not null } or ContainerVanished);
        Assert.Equal(Sample.Id, Assert.IsType<ContainerStirred>(first).InstanceId);
    }

    [Fact]
    public async Task The_console_is_read_and_a_missing_container_is_named()
    {
        Start();
        var container = await BootAsync();
        _engine.Print(container, "hello\n");

        _docker.Value.Tell(new HostProtocol.ReadConsole(Sample.Host, Sample.Id, container, 5), TestActor);
        Assert.Equal(new ConsoleOutput(Sample.Id, "hello\n", false), await ExpectMsgAsync<ConsoleOutput>());

        _docker.Value.Tell(new HostProtocol.ReadConsole(Sample.Host, Sample.Id, "gone", 5), TestActor);
        Assert.Equal(RefusalCode.NoContainer, (await ExpectMsgAsync<Refused>()).Code);
    }

    private void Start() => Assert.NotNull(_docker.Value);

    /// <summary>
    /// Waits until it is started: it looks at all when it subscribes, and again at the Engine's first answer. Such a look that
    /// came late would see what the test has done since.
    /// </summary>
    private async Task IsStartedAsync()
    {
        for (; _looks < 2; _looks++)
            await NextAsync<ContainersSeen>();
    }

    private async Task<string> BootAsync()
    {
        await IsStartedAsync();
        _docker.Value.Tell(Sample.Step(StepKind.CreateContainer));
        var made = (StepResult.ContainerCreated)(await NextAsync<StepFinished>()).Result!;
        _docker.Value.Tell(Sample.Step(StepKind.StartContainer, 3, container: made.ContainerId));
        await NextAsync<StepFinished>();
        return made.ContainerId;
    }

    private async Task<int> NextExitAsync() =>
        (await NextAsync<ContainerStirred>(stirred => stirred.Sighting.Exit is not null)).Sighting.Exit!.ExitCode;

    private async Task<T> NextAsync<T>(Func<T, bool>? holds = null) =>
        (T)await _agent.FishForMessageAsync(message => message is T wanted && (holds is null || holds(wanted)));

    /// <summary>Opens nothing until it is mended.</summary>
    private sealed class BrokenFactory(IContainerEngine engine) : IContainerEngineFactory
    {
        private volatile bool _isMended;
        private volatile int _failed;
        private volatile int _opened;

        public int Failed => _failed;

        public int Opened => _opened;

        public void Mend() => _isMended = true;

        public IContainerEngine Open(EngineSettings settings)
        {
            if (_isMended)
            {
                Interlocked.Increment(ref _opened);
                return engine;
            }

            Interlocked.Increment(ref _failed);
            throw new EngineException(EngineErrorKind.Invalid, "The certificate cannot be read.");
        }
    }
}
