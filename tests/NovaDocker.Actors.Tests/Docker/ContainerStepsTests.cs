using System.Collections.Immutable;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Testing;

namespace NovaDocker.Actors.Tests.Docker;

/// <summary>The steps over a fake Engine that fails at every call in every way: what is repeated ends where it belongs.</summary>
public sealed partial class ContainerStepsTests : IAsyncDisposable
{
    private static readonly InstanceSpec Resized = Sample.Spec with { MemoryMb = 512, Vcpus = 3 };

    private readonly FakeContainerEngine _engine = new();
    private readonly ContainerSteps _steps;

    public ContainerStepsTests()
    {
        _engine.AddImage(Sample.Archive with { Tags = [NovaDocker.Actors.Images.ImageTags.ForImage(Sample.Image.Id)] });
        _steps = new ContainerSteps(_engine, Sample.Identity, Sample.Settings, Sample.Blueprint());
    }

    public static TheoryData<StepKind, EngineCall, EngineErrorKind, bool> Faults()
    {
        var data = new TheoryData<StepKind, EngineCall, EngineErrorKind, bool>();
        foreach (var (step, calls) in CallsOf)
        {
            foreach (var call in calls)
            {
                foreach (var kind in Enum.GetValues<EngineErrorKind>())
                {
                    data.Add(step, call, kind, false);
                    data.Add(step, call, kind, true);
                }
            }
        }

        return data;
    }

    /// <summary>The calls that each step makes when nothing was done of it.</summary>
    private static Dictionary<StepKind, EngineCall[]> CallsOf => new()
    {
        [StepKind.CreateContainer] = [EngineCall.ListContainers, EngineCall.CreateContainer],
        [StepKind.StartContainer] = [EngineCall.FindContainer, EngineCall.StartContainer],
        [StepKind.StopContainer] = [EngineCall.FindContainer, EngineCall.StopContainer],
        [StepKind.KillContainer] = [EngineCall.FindContainer, EngineCall.KillContainer],
        [StepKind.PauseContainer] = [EngineCall.FindContainer, EngineCall.PauseContainer],
        [StepKind.UnpauseContainer] = [EngineCall.FindContainer, EngineCall.UnpauseContainer],
        [StepKind.UpdateContainer] = [EngineCall.FindContainer, EngineCall.UpdateContainer],
        [StepKind.CommitContainer] = [EngineCall.FindImage, EngineCall.FindContainer, EngineCall.CommitContainer],
        [StepKind.RemoveCommit] = [EngineCall.RemoveImage],
        [StepKind.RemoveContainer] = [EngineCall.ListContainers, EngineCall.RemoveContainer],
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_told_by_its_kind_and_the_step_succeeds_when_repeated(
        StepKind kind, EngineCall call, EngineErrorKind error, bool isAnswerLost)
    {
        var step = await PrepareAsync(kind);
        if (isAnswerLost)
            _engine.Faults.FailAfter(call, error);
        else
            _engine.Faults.FailBefore(call, error);

        var failed = await RunAsync(step);

        Assert.Equal(CodeOf(step, call, error, isAnswerLost), failed.Fault?.Code);
        var repeated = await RunAsync(step);
        Assert.Null(repeated.Fault);
        await AssertDoneAsync(kind);
        Assert.Equal(repeated.Result!.GetType(), (await RunAsync(step)).Result!.GetType());
        await AssertDoneAsync(kind);
    }

    /// <summary>
    /// What the step fails with; null where it does not. The container is there, unless it was removed, and a name that is taken
    /// is that of a container made by an attempt before, or soon to be.
    /// </summary>
    private static FaultCode? CodeOf(HostProtocol.RunStep step, EngineCall call, EngineErrorKind error, bool isAnswerLost) =>
        (error, call) switch
        {
            (EngineErrorKind.NotFound, EngineCall.RemoveContainer) when isAnswerLost => FaultCode.NotFound,
            (EngineErrorKind.NotFound, _) when step.ContainerId is not null => FaultCode.Invalid,
            (EngineErrorKind.Conflict, EngineCall.CreateContainer) => isAnswerLost ? null : FaultCode.Transient,
            _ => new EngineException(error, "").ToFault().Code,
        };

    [Theory]
    [InlineData(StepKind.CreateContainer, EngineCall.CreateContainer)]
    [InlineData(StepKind.StartContainer, EngineCall.StartContainer)]
    [InlineData(StepKind.StopContainer, EngineCall.StopContainer)]
    [InlineData(StepKind.CommitContainer, EngineCall.CommitContainer)]
    [InlineData(StepKind.RemoveContainer, EngineCall.RemoveContainer)]
    public async Task A_call_that_hangs_ends_at_the_deadline_and_is_not_made_twice(StepKind kind, EngineCall call)
    {
        var step = await PrepareAsync(kind);
        var (time, held) = (new ManualTime(), _engine.Faults.HoldAfter(call));

        var run = RunAsync(step, TimeSpan.FromSeconds(1), time);
        await Eventually.CompletesAsync(held.Reached, "the call hangs");
        time.Advance(TimeSpan.FromSeconds(1));
        var failed = await run;

        Assert.Equal(FaultCode.TimedOut, failed.Fault!.Code);
        Assert.Contains("within 1 s", failed.Fault.Message, StringComparison.Ordinal);
        var calls = _engine.CountOf(call);
        Assert.Null((await RunAsync(step)).Fault);
        Assert.Equal(calls, _engine.CountOf(call));
        await AssertDoneAsync(kind);
    }

    [Fact]
    public async Task A_container_is_made_as_the_instance_says_with_our_labels()
    {
        var sealedValue = new NoSecrets().Seal(Sample.Id, "TOKEN", "s3cret");
        var spec = Sample.Spec with
        {
            Name = "Web Server_1",
            Vcpus = 8,
            Environment = new EquatableMap<SealedValue>([KeyValuePair.Create("TOKEN", sealedValue)]),
        };

        var made = (StepResult.ContainerCreated)(await RunAsync(Sample.Step(StepKind.CreateContainer) with { Spec = spec })).Result!;

        Assert.False(made.Adopted);
        var container = _engine.SpecOf(made.ContainerId);
        Assert.Equal($"nova-{Sample.Id}", container.Name);
        Assert.Equal("web-server-1", container.Hostname);
        Assert.Equal("s3cret", container.Environment["TOKEN"]);
        Assert.Equal((256L << 20, 8 * 1024, 4_000_000_000), (container.MemoryBytes, container.CpuShares, container.NanoCpus));
        Assert.Equal("none", container.NetworkMode);
        Assert.False(container.IsNetworkDisabled);
        Assert.Equal("sleep 3600", string.Join(' ', container.Command));
        Assert.Equal(Sample.Id, Labels.InstanceOf(container.Labels));
        Assert.Equal(new Claim(256, 8), Labels.ClaimOf(container.Labels));
        Assert.Equal("host-1", container.Labels[Labels.Host]);
        Assert.Equal("test-cluster", container.Labels[Labels.Cluster]);
    }

    [Theory]
    [InlineData("---", "11111111-2222-3333-4444-555555555555")]
    [InlineData("häuser.example", "huser-example")]
    [InlineData("a-", "a")]
    public async Task A_host_name_is_one_that_a_host_may_have(string name, string hostname)
    {
        var made = await RunAsync(Sample.Step(StepKind.CreateContainer) with { Spec = Sample.Spec with { Name = name } });

        Assert.Equal(hostname, _engine.SpecOf(((StepResult.ContainerCreated)made.Result!).ContainerId).Hostname);
    }

    [Fact]
    public async Task A_container_with_our_labels_is_adopted()
    {
        var first = (StepResult.ContainerCreated)(await RunAsync(Sample.Step(StepKind.CreateContainer))).Result!;

        var second = (StepResult.ContainerCreated)(await RunAsync(Sample.Step(StepKind.CreateContainer, 9))).Result!;

        Assert.Equal(first with { Adopted = true }, second);
        Assert.Single(_engine.Containers);
    }

    [Fact]
    public async Task What_nobody_can_have_tried_is_done_without_a_look_at_what_is_there()
    {
        var made = await RunAsync(Sample.Step(StepKind.CreateContainer) with { IsUntried = true });
        var container = ((StepResult.ContainerCreated)made.Result!).ContainerId;
        var start = Sample.Step(StepKind.StartContainer) with { ContainerId = container, IsUntried = true };
        var before = _engine.Calls.Length;

        Assert.Null((await RunAsync(start)).Fault);

        Assert.Equal(0, _engine.CountOf(EngineCall.ListContainers));
        Assert.Equal(
            [EngineCall.StartContainer, EngineCall.FindContainer], _engine.Calls.Skip(before).Select(call => call.Call));
    }

    [Fact]
    public async Task A_container_that_is_there_against_all_expectation_is_adopted_all_the_same()
    {
        var first = (StepResult.ContainerCreated)(await RunAsync(Sample.Step(StepKind.CreateContainer))).Result!;

        var second = await RunAsync(Sample.Step(StepKind.CreateContainer, 9) with { IsUntried = true });

        Assert.Equal(first with { Adopted = true }, second.Result);
        Assert.Single(_engine.Containers);
    }

    [Fact]
    public async Task Paths_of_the_host_are_looked_at_before_a_start_that_nobody_can_have_tried()
    {
        var spec = Sample.Spec with
        {
            Options = ContainerOptions.None.With(OptionKeys.Binds, new OptionValue.Words(["/srv/data:/data:ro"])),
        };
        var container = await CreateAsync($"nova-{Sample.Id}", Labels.OfInstance(Sample.Identity, Sample.Id));

        await RunAsync(Sample.Step(StepKind.StartContainer) with { Spec = spec, ContainerId = container, IsUntried = true });

        Assert.Equal(2, _engine.CountOf(EngineCall.FindContainer));
    }

    [Theory]
    [InlineData("other-host", "test-cluster")]
    [InlineData("host-1", "other-cluster")]
    [InlineData(null, null)]
    public async Task A_container_that_is_not_ours_is_neither_adopted_nor_removed(string? host, string? cluster)
    {
        var labels = Labels.OfInstance(Sample.Identity, Sample.Id).Remove(Labels.Host).Remove(Labels.Cluster);
        if (host is not null)
            labels = labels.Add(Labels.Host, host).Add(Labels.Cluster, cluster!);
        var foreign = await CreateAsync("foreign", labels);

        var made = (StepResult.ContainerCreated)(await RunAsync(Sample.Step(StepKind.CreateContainer))).Result!;
        Assert.NotEqual(foreign, made.ContainerId);
        Assert.False(made.Adopted);
        await RunAsync(Sample.Step(StepKind.RemoveContainer));

        Assert.Equal(foreign, Assert.Single(_engine.Containers).Id);
    }

    [Fact]
    public async Task A_name_that_a_stranger_has_taken_is_a_conflict_and_the_stranger_stays()
    {
        var foreign = await CreateAsync($"nova-{Sample.Id}", ImmutableSortedDictionary<string, string>.Empty);

        var failed = await RunAsync(Sample.Step(StepKind.CreateContainer));

        Assert.Equal(FaultCode.Conflict, failed.Fault!.Code);
        Assert.Equal(foreign, Assert.Single(_engine.Containers).Id);
    }

    [Fact]
    public async Task A_program_that_ends_at_once_is_reported_with_its_exit_and_not_run_again()
    {
        _engine.Programs = _ => new FakeProgram(ExitCode: 3);
        var step = await PrepareAsync(StepKind.StartContainer);

        var first = (StepResult.ContainerStarted)(await RunAsync(step)).Result!;
        var repeated = (StepResult.ContainerStarted)(await RunAsync(step)).Result!;

        Assert.Equal(3, first.Exit!.ExitCode);
        Assert.Equal(first, repeated);
        Assert.Equal(1, _engine.CountOf(EngineCall.StartContainer));
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_is_not_repeated_although_the_program_has_ended()
    {
        _engine.Programs = _ => new FakeProgram(ExitCode: 0);
        var step = await PrepareAsync(StepKind.StartContainer);
        _engine.Faults.FailAfter(EngineCall.StartContainer, EngineErrorKind.TimedOut);
        Assert.Equal(FaultCode.TimedOut, (await RunAsync(step)).Fault!.Code);

        var started = (StepResult.ContainerStarted)(await RunAsync(step)).Result!;

        Assert.Equal(0, started.Exit!.ExitCode);
        Assert.Equal(1, _engine.CountOf(EngineCall.StartContainer));
    }

    [Fact]
    public async Task A_container_that_ended_before_the_request_is_started_again()
    {
        var start = await PrepareAsync(StepKind.StartContainer);
        var first = (StepResult.ContainerStarted)(await RunAsync(start)).Result!;
        _engine.Exit(start.ContainerId!, 0);

        var again = await RunAsync(start with { LastRunStartedAt = first.RunStartedAt });

        Assert.Null(((StepResult.ContainerStarted)again.Result!).Exit);
        Assert.Equal(2, _engine.CountOf(EngineCall.StartContainer));
    }

    [Fact]
    public async Task A_container_that_ends_between_look_and_stop_is_a_stop()
    {
        var step = await PrepareAsync(StepKind.StopContainer);
        var held = _engine.Faults.HoldBefore(EngineCall.StopContainer);
        var running = RunAsync(step);
        await held.Reached;
        _engine.Exit(step.ContainerId!, 42);
        held.Release();

        var stopped = (StepResult.ContainerStopped)(await running).Result!;

        Assert.Equal(42, stopped.Exit!.ExitCode);
    }

    [Theory]
    [InlineData(StepKind.StartContainer)]
    [InlineData(StepKind.StopContainer)]
    [InlineData(StepKind.KillContainer)]
    [InlineData(StepKind.PauseContainer)]
    [InlineData(StepKind.UnpauseContainer)]
    [InlineData(StepKind.UpdateContainer)]
    [InlineData(StepKind.CommitContainer)]
    public async Task A_container_that_somebody_removed_is_not_found(StepKind kind)
    {
        var step = await PrepareAsync(kind);
        await _engine.RemoveContainerAsync(step.ContainerId!, CancellationToken.None);

        Assert.Equal(FaultCode.NotFound, (await RunAsync(step)).Fault!.Code);
    }

    [Fact]
    public async Task A_sealed_value_of_another_key_is_named_and_no_container_is_made()
    {
        var spec = Sample.Spec with
        {
            Environment = new EquatableMap<SealedValue>([KeyValuePair.Create("TOKEN", new SealedValue("lost", "x"))]),
        };

        var failed = await RunAsync(Sample.Step(StepKind.CreateContainer) with { Spec = spec });

        Assert.Equal(FaultCode.Invalid, failed.Fault!.Code);
        Assert.Empty(_engine.Containers);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private Task<StepFinished> RunAsync(HostProtocol.RunStep step, TimeSpan? deadline = null, TimeProvider? time = null) =>
        StepRunner.RunAsync(
            step, deadline ?? TimeSpan.FromSeconds(60), token => _steps.RunAsync(step, 4, token), CancellationToken.None, time);

    /// <summary>Brings the Engine to where the step is due.</summary>
    private async Task<HostProtocol.RunStep> PrepareAsync(StepKind kind)
    {
        if (kind == StepKind.CreateContainer)
            return Sample.Step(kind);
        var created = (StepResult.ContainerCreated)(await RunAsync(Sample.Step(StepKind.CreateContainer))).Result!;
        var step = Sample.Step(kind, container: created.ContainerId);
        if (kind == StepKind.StartContainer)
            return step;
        if (kind == StepKind.UpdateContainer)
            step = step with { Spec = Resized };
        await RunAsync(step with { Step = StepKind.StartContainer });
        if (kind == StepKind.UnpauseContainer)
            await RunAsync(step with { Step = StepKind.PauseContainer });
        if (kind == StepKind.RemoveCommit)
            await RunAsync(step with { Step = StepKind.CommitContainer });
        return step;
    }

    private async Task AssertDoneAsync(StepKind kind)
    {
        var statuses = _engine.Containers.Select(container => container.Status);
        ContainerStatus[] expected = kind switch
        {
            StepKind.CreateContainer => [ContainerStatus.Created],
            StepKind.StopContainer or StepKind.KillContainer => [ContainerStatus.Exited],
            StepKind.PauseContainer => [ContainerStatus.Paused],
            StepKind.RemoveContainer => [],
            _ => [ContainerStatus.Running],
        };
        Assert.Equal(expected, statuses);
        if (kind == StepKind.UpdateContainer)
        {
            var spec = _engine.SpecOf(_engine.Containers.Single().Id);
            Assert.Equal((Resized.MemoryMb << 20, 3 * 1024, 3_000_000_000), (spec.MemoryBytes, spec.CpuShares, spec.NanoCpus));
        }

        var commits = await _engine.ListImagesAsync(
            ImmutableSortedDictionary<string, string>.Empty.Add(Labels.Snapshot, Sample.Target.ImageId.ToString()),
            CancellationToken.None);
        Assert.Equal(kind == StepKind.CommitContainer ? 1 : 0, commits.Length);
    }

    private Task<string> CreateAsync(string name, ImmutableSortedDictionary<string, string> labels) =>
        _engine.CreateContainerAsync(
            new ContainerSpec
            {
                Name = name,
                Image = NovaDocker.Actors.Images.ImageTags.ForImage(Sample.Image.Id),
                Hostname = "foreign",
                Labels = labels,
                MemoryBytes = 1 << 30,
                CpuShares = 1024,
                NanoCpus = 0,
                NetworkMode = "none",
            },
            CancellationToken.None);
}
