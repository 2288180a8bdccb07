using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>Events of the Engine that are lost, late, told twice or out of order: hints, and never more than that.</summary>
public sealed class EventMatrixTests
{
    private const int OwnExitCode = 5;

    /// <summary>How what was held is told in the end.</summary>
    private static readonly Dictionary<string, Func<IReadOnlyList<ContainerEvent>, IEnumerable<ContainerEvent>>> Orders = new()
    {
        ["lost"] = _ => [],
        ["late"] = held => held,
        ["twice"] = held => held.SelectMany(happened => new[] { happened, happened }),
        ["all of it twice"] = held => held.Concat(held),
        ["backwards"] = held => held.Reverse(),
    };

    public static TheoryData<string> Ways => [.. Orders.Keys, "after a gap", "at once"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_was_asked_for_is_no_news_however_the_Engine_tells_of_it(string way)
    {
        await using var run = await MatrixRun.StartAsync();
        if (way != "at once")
            run.Engine.HoldEvents();
        var cases = await Task.WhenAll(Scenario.All.Select(scenario => run.AddAsync(scenario)));
        await Task.WhenAll(cases.Select(run.PerformAsync));
        await Task.WhenAll(cases.Select(one => OneMoreAsync(run, one)));

        Tell(run.Engine, way);
        await run.CatchUpAsync();

        foreach (var one in cases)
        {
            var told = (await run.Host.HistoryAsync(one.Id)).Where(entry => IsNews(one, entry));
            Assert.True(!told.Any(), $"{one}: {string.Join(", ", told.Select(entry => entry.Event))}");
            Assert.Equal(After(one.Scenario.Ends).Ends, (await run.RestsAsync(one)).Phase);
        }

        var wrong = await run.JudgeAsync();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_end_that_nobody_asked_for_is_journaled_once_however_the_Engine_tells_of_it(string way)
    {
        await using var run = await MatrixRun.StartAsync();
        var cases = await Task.WhenAll(Scenario.All
            .Where(scenario => scenario.Ends is InstancePhase.Active or InstancePhase.Paused or InstancePhase.Suspended)
            .Select(scenario => run.AddAsync(scenario)));
        await Task.WhenAll(cases.Select(run.PerformAsync));
        await run.CatchUpAsync();

        if (way != "at once")
            run.Engine.HoldEvents();
        foreach (var one in cases)
            run.Engine.Exit(one.Container!.Id, OwnExitCode);
        Tell(run.Engine, way);
        await run.CatchUpAsync();
        if (way == "lost")
            Assert.Equal(cases.Length, (await run.ReconcileAsync(dryRun: false)).Count);
        foreach (var one in cases)
            await run.Host.RestsAsync(one.Id, InstancePhase.Stopped);
        await run.ReconcileAsync(dryRun: false);
        await run.CatchUpAsync();

        foreach (var one in cases)
        {
            var told = Assert.Single(await run.Host.HistoryAsync(one.Id), entry => IsNews(one, entry));
            Assert.Equal(("container-exited", $"{OwnExitCode}"), (told.Event, told.Data["exitCode"]));
        }

        var wrong = await run.JudgeAsync();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>
    /// The watch looks an event up, and the answer is under way while the instance is told of the same end by the
    /// comparison and started again: what the answer says is true of the run before.
    /// </summary>
    [Fact]
    public async Task An_end_that_is_seen_late_does_not_end_the_run_after_it()
    {
        await using var run = await MatrixRun.StartAsync();
        var one = await run.AddAsync(Scenario.Of("start, stopped"));
        await run.PerformAsync(one);
        await run.CatchUpAsync();
        one.Arm((number, call) => number == 1 && call.Call == EngineCall.FindContainer ? new EngineFault(After: one.Stay) : null);

        run.Engine.Exit(one.Container!.Id, OwnExitCode);
        await Eventually.CompletesAsync(one.Reached, "the watch has looked, and has no answer yet");
        await run.ReconcileAsync(dryRun: false);
        await run.Host.RestsAsync(one.Id, InstancePhase.Stopped);
        await run.DoAsync(one, InstanceVerb.Start, InstancePhase.Active);
        await one.DisarmAsync();
        await run.CatchUpAsync();

        Assert.Equal(InstancePhase.Active, (await run.RestsAsync(one)).Phase);
        Assert.Single(await run.Host.HistoryAsync(one.Id), entry => entry.Kind == EventKind.Observation);
        Assert.Empty(await run.JudgeAsync());
    }

    [Fact]
    public async Task A_console_that_cannot_be_read_is_refused_with_the_reason_and_changes_nothing()
    {
        await using var run = await MatrixRun.StartAsync();
        foreach (var kind in FaultKind.All.Concat(FaultKind.SlowQuestions).Where(kind => kind.Meets(EngineCall.ReadConsole)))
        {
            // What the watch looks up is no call of the question.
            run.Engine.HoldEvents();
            var one = await run.AddAsync(Scenario.Of("boot, image present"), kind, at: 1, EngineCall.ReadConsole);
            await run.DoAsync(one, InstanceVerb.Boot, InstancePhase.Active);
            var before = await run.RestsAsync(one);
            one.ArmForFault();
            var reply = await run.Host.AskAsync<IInstanceReply>(new GetConsoleOutput(one.Id, 10));
            await one.DisarmAsync();
            run.Engine.ReleaseEvents(held => held);

            Assert.Equal([EngineCall.ReadConsole], one.Calls.Select(call => call.Call));
            if (kind.Reason is null)
                Assert.IsType<ConsoleOutput>(reply);
            else
                Assert.NotEmpty(Assert.IsType<Refused>(reply).Reason);
            if (kind.Consequence == Consequence.ProcessEnds)
                await run.Host.RestsAsync(one.Id, InstancePhase.Stopped);
            else
                Assert.Equal(before, await run.RestsAsync(one));
        }

        Assert.Empty(await run.JudgeAsync());
    }

    /// <summary>True of what was seen and not asked for, but for the end of a sandbox that a scenario begins with.</summary>
    private static bool IsNews(MatrixCase one, HistoryEntry entry) => entry.Kind == EventKind.Observation
        && !(entry.Event == "sandbox-lost" && one.Scenario.From == Origin.StoppedWithoutSandbox);

    private static void Tell(FakeContainerEngine engine, string way)
    {
        // A new subscription begins with everything since a while ago.
        if (way == "after a gap")
            engine.DropEventStreams();
        engine.ReleaseEvents(Orders.GetValueOrDefault(way, _ => []));
    }

    /// <summary>What comes next for an instance that rests in a phase, so that what is told late is of a run before.</summary>
    private static (InstanceVerb? Verb, InstancePhase Ends) After(InstancePhase phase) => phase switch
    {
        InstancePhase.Active => (InstanceVerb.HardReboot, InstancePhase.Active),
        InstancePhase.Stopped => (InstanceVerb.Start, InstancePhase.Active),
        InstancePhase.Paused => (InstanceVerb.Unpause, InstancePhase.Active),
        InstancePhase.Suspended => (InstanceVerb.Resume, InstancePhase.Active),
        InstancePhase.Rescued => (InstanceVerb.Unrescue, InstancePhase.Active),
        _ => (null, phase),
    };

    private static async Task OneMoreAsync(MatrixRun run, MatrixCase one)
    {
        if (After(one.Scenario.Ends) is ({ } verb, var ends))
            await run.DoAsync(one, verb, ends);
    }
}
