using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>The fake keeps the contract, and fails only when told to.</summary>
public sealed class FakeContainerEngineTests : ContainerEngineContract
{
    private static readonly Dictionary<string, FakeProgram> Programs = new(StringComparer.Ordinal)
    {
        [string.Join(' ', Obedient)] = new FakeProgram("ready\n", StopCode: 7),
        [string.Join(' ', Deaf)] = new FakeProgram(),
        [string.Join(' ', Fails)] = new FakeProgram(ExitCode: 3),
    };

    protected override IContainerEngine Open()
    {
        var lines = new Queue<string>(["first\n", "zweite Zeile: äöü\n", "third\n"]);
        return new FakeContainerEngine
        {
            Programs = spec => spec.Command.SequenceEqual(Writes)
                ? new FakeProgram(lines.Dequeue(), ExitCode: 0)
                : Programs[string.Join(' ', spec.Command)],
        };
    }

    protected override DockerArchive MakeImage(string tag, IReadOnlyDictionary<string, string> labels) =>
        TestImages.OneFile(tag, labels, "content");

    protected override Task AssertLimitsAsync(IContainerEngine engine, string id, ContainerLimits limits)
    {
        var spec = ((FakeContainerEngine)engine).SpecOf(id);
        Assert.Equal((limits.MemoryBytes, limits.CpuShares, limits.NanoCpus), (spec.MemoryBytes, spec.CpuShares, spec.NanoCpus));
        return Task.CompletedTask;
    }

    protected override Task<EquatableMap<string>?> MountOfAsync(IContainerEngine engine, string volume) =>
        Task.FromResult(((FakeContainerEngine)engine).Volumes.GetValueOrDefault(volume)?.DriverOptions);

    protected override Task SkipWithoutOverlayAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_fault_before_the_work_leaves_it_undone()
    {
        await using var engine = new FakeContainerEngine();
        engine.AddImage(MakeImage(ImageTag, RunLabels));
        engine.Faults.FailBefore(EngineCall.CreateContainer, EngineErrorKind.Unavailable);

        await FailsAsync(EngineErrorKind.Unavailable, () => engine.CreateContainerAsync(Spec(Deaf), None));

        Assert.Empty(engine.Containers);
        Assert.Equal(1, engine.CountOf(EngineCall.CreateContainer));
    }

    [Fact]
    public async Task A_fault_after_the_work_loses_the_answer_only()
    {
        await using var engine = new FakeContainerEngine();
        engine.AddImage(MakeImage(ImageTag, RunLabels));
        engine.Faults.FailAfter(EngineCall.CreateContainer, EngineErrorKind.TimedOut);
        var spec = Spec(Deaf);

        await FailsAsync(EngineErrorKind.TimedOut, () => engine.CreateContainerAsync(spec, None));

        Assert.Equal(spec.Name, Assert.Single(engine.Containers).Name);
        await FailsAsync(EngineErrorKind.Conflict, () => engine.CreateContainerAsync(spec, None));
    }

    [Fact]
    public async Task A_held_call_waits_and_then_works()
    {
        await using var engine = new FakeContainerEngine();
        engine.AddImage(MakeImage(ImageTag, RunLabels));
        var id = await engine.CreateContainerAsync(Spec(Deaf), None);
        var held = engine.Faults.HoldBefore(EngineCall.StartContainer);

        var start = engine.StartContainerAsync(id, None);
        await Eventually.CompletesAsync(held.Reached, "the call is held");
        Assert.False(Assert.Single(engine.Containers).IsRunning);
        held.Release();
        await Eventually.CompletesAsync(start, "the call goes on");

        Assert.True(Assert.Single(engine.Containers).IsRunning);
        Assert.Contains(new RecordedCall(EngineCall.StartContainer, id), engine.Calls);
    }

    [Fact]
    public async Task A_lost_connection_ends_the_stream_of_events()
    {
        await using var engine = new FakeContainerEngine();
        await using var events = engine.WatchContainersAsync(DateTimeOffset.UnixEpoch, None).GetAsyncEnumerator(None);
        var next = events.MoveNextAsync().AsTask();
        await Eventually.HoldsAsync(() => engine.Watchers == 1, "somebody watches");

        engine.DropEventStreams();

        await FailsAsync(EngineErrorKind.Unavailable, () => Eventually.CompletesAsync(next, "the stream ends"));
    }
}
