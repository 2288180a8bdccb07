using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Docker.Sandboxes;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;

namespace NovaDocker.Actors.Tests.Docker.Sandboxes;

/// <summary>The steps of sandboxes over a fake Engine that fails at every call in every way.</summary>
public sealed class SandboxStepsTests : IAsyncDisposable
{
    private static readonly HostProtocol.RunStep Create = Ports.Step(StepKind.CreateSandbox, 1, null, Ports.Vif());

    private readonly FakeContainerEngine _engine = new();
    private readonly ContainerSteps _steps;

    public SandboxStepsTests()
    {
        _engine.AddImage(Sample.Archive with { Tags = [NovaDocker.Actors.Images.ImageTags.ForImage(Sample.Image.Id)] });
        _steps = new ContainerSteps(_engine, Sample.Identity, Sample.Settings, Sample.Blueprint());
    }

    public static TheoryData<StepKind, EngineCall, EngineErrorKind, bool> Faults()
    {
        var data = new TheoryData<StepKind, EngineCall, EngineErrorKind, bool>();
        foreach (var (step, call) in new[]
        {
            (StepKind.CreateSandbox, EngineCall.ListContainers), (StepKind.CreateSandbox, EngineCall.CreateContainer),
            (StepKind.CreateSandbox, EngineCall.GetInfo), (StepKind.CreateSandbox, EngineCall.ImportImage),
            (StepKind.CreateSandbox, EngineCall.StartContainer), (StepKind.CreateSandbox, EngineCall.FindContainer),
            (StepKind.RemoveSandbox, EngineCall.ListContainers), (StepKind.RemoveSandbox, EngineCall.RemoveContainer),
        })
        {
            foreach (var kind in Enum.GetValues<EngineErrorKind>())
            {
                data.Add(step, call, kind, false);
                data.Add(step, call, kind, true);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_fails_the_step_succeeds_when_repeated_and_does_nothing_twice(
        StepKind kind, EngineCall call, EngineErrorKind error, bool isAnswerLost)
    {
        var step = Create with { Step = kind };
        if (kind == StepKind.RemoveSandbox)
            await ReadyAsync(Create);
        if (isAnswerLost)
            _engine.Faults.FailAfter(call, error);
        else
            _engine.Faults.FailBefore(call, error);

        await RunAsync(step);
        var repeated = await RunAsync(step);

        Assert.Null(repeated.Fault);
        if (kind == StepKind.RemoveSandbox)
        {
            Assert.Empty(_engine.Containers);
            return;
        }

        var sandbox = Assert.Single(_engine.Containers);
        Assert.True(sandbox.IsRunning);
        Assert.Equal(sandbox.Id, ((StepResult.SandboxReady)repeated.Result!).SandboxId);
        Assert.Equal(sandbox.StartedAt, ((StepResult.SandboxReady)repeated.Result!).StartedAt);
    }

    [Fact]
    public async Task The_image_is_imported_where_it_is_missing_and_only_there()
    {
        await ReadyAsync(Create);
        await ReadyAsync(Create with { InstanceId = Sample.NewId() });

        Assert.Equal(1, _engine.CountOf(EngineCall.ImportImage));
        var image = await _engine.FindImageAsync(SandboxImage.Name, CancellationToken.None);
        Assert.Equal(SandboxImage.Name, Assert.Single(image!.Tags));
    }

    [Fact]
    public async Task An_image_that_somebody_pruned_is_imported_again()
    {
        await ReadyAsync(Create);
        await RunAsync(Create with { Step = StepKind.RemoveSandbox });
        await _engine.RemoveImageAsync(SandboxImage.Name, CancellationToken.None);

        await ReadyAsync(Create);

        Assert.Equal(2, _engine.CountOf(EngineCall.ImportImage));
    }

    [Fact]
    public async Task On_an_architecture_without_a_program_the_step_says_so()
    {
        _engine.Info = _engine.Info with { Architecture = "s390x" };

        var failed = await RunAsync(Create);

        Assert.Equal(FaultCode.Invalid, failed.Fault!.Code);
        Assert.Contains("architecture s390x", failed.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_container_of_another_instance_is_no_sandbox_whatever_its_image_says()
    {
        var other = Sample.NewId();
        _engine.AddImage(TestImages.OneFile(
            "hostile:1", new Dictionary<string, string> { [Labels.Sandbox] = Sample.Id.ToString() }, "hostile"));
        var hostile = await _engine.CreateContainerAsync(
            new ContainerSpec
            {
                Name = "hostile",
                Image = "hostile:1",
                Hostname = "hostile",
                Labels = Labels.OfInstance(Sample.Identity, other),
                MemoryBytes = 1 << 30,
                CpuShares = 1024,
                NanoCpus = 0,
                NetworkMode = "none",
            },
            CancellationToken.None);
        await _engine.StartContainerAsync(hostile, CancellationToken.None);

        var ready = await ReadyAsync(Create);
        await RunAsync(Create with { Step = StepKind.RemoveSandbox });

        Assert.NotEqual(hostile, ready.SandboxId);
        Assert.Equal(hostile, Assert.Single(_engine.Containers).Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sandbox_that_runs_is_adopted(bool isKnown)
    {
        var first = await ReadyAsync(Create);

        var second = await ReadyAsync(Create with { SandboxId = isKnown ? first.SandboxId : null });

        Assert.Equal(first with { Adopted = true }, second);
        Assert.Equal(1, _engine.CountOf(EngineCall.StartContainer));
    }

    [Fact]
    public async Task What_nobody_can_have_tried_is_done_without_a_look_and_what_is_there_all_the_same_is_adopted()
    {
        var first = await ReadyAsync(Create with { IsUntried = true });
        Assert.Equal(0, _engine.CountOf(EngineCall.ListContainers));

        var second = await ReadyAsync(Create with { IsUntried = true });

        Assert.Equal(first.SandboxId, second.SandboxId);
        Assert.Single(_engine.Containers);
    }

    [Fact]
    public async Task A_name_that_is_taken_by_nothing_that_can_be_seen_will_be_free()
    {
        await ReadyAsync(Create);
        await RunAsync(Create with { Step = StepKind.RemoveSandbox });
        _engine.Faults.FailBefore(EngineCall.CreateContainer, EngineErrorKind.Conflict);

        Assert.Equal(FaultCode.Transient, (await RunAsync(Create)).Fault!.Code);
        Assert.Null((await RunAsync(Create)).Fault);
    }

    [Fact]
    public async Task A_create_that_the_Engine_finishes_late_is_adopted()
    {
        await ReadyAsync(Create with { InstanceId = Sample.NewId() });
        var create = _engine.Faults.HoldBefore(EngineCall.CreateContainer);
        var list = _engine.Faults.HoldBefore(EngineCall.ListContainers);
        var late = RunAsync(Create);
        list.Release();
        await create.Reached;
        // The other attempt has listed before there was anything to be seen, and creates behind it.
        var other = RunAsync(Create with { IsUntried = true });
        var made = await other;
        create.Release();

        var adopted = await late;

        Assert.Equal(
            ((StepResult.SandboxReady)made.Result!).SandboxId, ((StepResult.SandboxReady)adopted.Result!).SandboxId);
        Assert.Equal(2, _engine.Containers.Length);
    }

    [Fact]
    public async Task A_stranger_with_its_name_is_a_conflict_and_stays()
    {
        await ReadyAsync(Create);
        var sandbox = _engine.SpecOf(Assert.Single(_engine.Containers).Id);
        await RunAsync(Create with { Step = StepKind.RemoveSandbox });
        var stranger = await _engine.CreateContainerAsync(
            sandbox with { Labels = sandbox.Labels.Clear() }, CancellationToken.None);

        Assert.Equal(FaultCode.Conflict, (await RunAsync(Create)).Fault!.Code);
        await RunAsync(Create with { Step = StepKind.RemoveSandbox });

        Assert.Equal(stranger, Assert.Single(_engine.Containers).Id);
    }

    [Fact]
    public async Task A_sandbox_that_ended_is_started_again()
    {
        var first = await ReadyAsync(Create);
        _engine.Exit(first.SandboxId, 137);

        var again = await ReadyAsync(Create with { SandboxId = first.SandboxId });

        Assert.Equal(first.SandboxId, again.SandboxId);
        Assert.False(again.Adopted);
        Assert.NotEqual(first.StartedAt, again.StartedAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sandbox_that_ended_is_left_alone_while_the_container_of_its_instance_runs(bool runs)
    {
        var first = await ReadyAsync(Create);
        var container = await ContainerAsync(first.SandboxId);
        await _engine.StartContainerAsync(container, CancellationToken.None);
        _engine.Exit(first.SandboxId, 137);
        if (!runs)
            _engine.Exit(container, 0);

        var again = await ReadyAsync(Create with { SandboxId = first.SandboxId, ContainerId = container });

        Assert.Equal(runs, again.Adopted);
        Assert.Equal(!runs, _engine.Containers.Single(candidate => candidate.Id == first.SandboxId).IsRunning);
    }

    [Fact]
    public async Task A_sandbox_that_ends_as_soon_as_it_is_started_is_tried_again()
    {
        var start = _engine.Faults.HoldAfter(EngineCall.StartContainer);
        var running = RunAsync(Create);
        await start.Reached;
        _engine.Exit(Assert.Single(_engine.Containers).Id, 1);
        start.Release();

        Assert.Equal(FaultCode.Transient, (await running).Fault!.Code);
        Assert.Null((await RunAsync(Create)).Fault);
    }

    [Fact]
    public async Task All_sandboxes_of_an_instance_are_removed_and_no_other_s()
    {
        var own = await ReadyAsync(Create);
        var other = await ReadyAsync(Create with { InstanceId = Sample.NewId() });
        await _engine.CreateContainerAsync(
            _engine.SpecOf(own.SandboxId) with { Name = "second" }, CancellationToken.None);
        var container = await ContainerAsync(own.SandboxId);

        Assert.IsType<StepResult.Done>((await RunAsync(Create with { Step = StepKind.RemoveSandbox })).Result);

        Assert.Equal(new[] { other.SandboxId, container }.ToHashSet(), _engine.Containers.Select(left => left.Id).ToHashSet());
    }

    [Fact]
    public async Task Removing_a_container_leaves_its_sandbox_alone()
    {
        var sandbox = await ReadyAsync(Create);
        await ContainerAsync(sandbox.SandboxId);

        await RunAsync(Create with { Step = StepKind.RemoveContainer });

        Assert.Equal(sandbox.SandboxId, Assert.Single(_engine.Containers).Id);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task<string> ContainerAsync(string sandbox)
    {
        var spec = Sample.Spec with { Vifs = [Ports.Vif()] };
        var made = await RunAsync(Create with { Step = StepKind.CreateContainer, Spec = spec, SandboxId = sandbox });
        return ((StepResult.ContainerCreated)made.Result!).ContainerId;
    }

    private async Task<StepResult.SandboxReady> ReadyAsync(HostProtocol.RunStep step)
    {
        var finished = await RunAsync(step);
        Assert.Null(finished.Fault);
        return (StepResult.SandboxReady)finished.Result!;
    }

    private Task<StepFinished> RunAsync(HostProtocol.RunStep step) => StepRunner.RunAsync(
        step, TimeSpan.FromSeconds(10), token => _steps.RunAsync(step, 4, token), CancellationToken.None);
}
