using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>
/// Every verb, caught by a crash or by a deletion at every call that it makes: before the Engine did it, after, and while
/// it will do it later. All cases hang at their calls at once, so that one crash meets them all.
/// </summary>
public sealed class CrashMatrixTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_crash_at_any_call_of_any_verb_is_made_good_at_the_next_start()
    {
        await using var run = await MatrixRun.StartAsync();
        var (plain, cases) = await CatchAsync(run, Scenario.All, later: true);
        output.WriteLine($"{cases.Count} cases");

        await run.Host.AbortAsync();
        await run.StartHostAsync();
        await MatrixRun.ForEachAsync(cases, run.RestsAsync);
        foreach (var one in cases)
            await one.DisarmAsync();
        await run.CatchUpAsync();

        var wrong = new List<string>();
        foreach (var one in cases)
        {
            wrong.AddRange(FaultVerdict.On(
                one, plain[one.Scenario], await run.Host.HistoryAsync(one.Id), await run.RestsAsync(one)));
        }

        wrong.AddRange(await run.JudgeAsync());
        await MatrixRun.ForEachAsync(run.Cases, run.DeleteAsync);
        wrong.AddRange((await run.JudgeAsync()).Select(fault => $"after its deletion, {fault}"));
        Assert.True(wrong.Count == 0, $"{wrong.Count} faults:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public async Task A_deletion_at_any_call_of_any_verb_leaves_nothing()
    {
        await using var run = await MatrixRun.StartAsync();
        var (_, cases) = await CatchAsync(run, Scenario.All, later: false);
        output.WriteLine($"{cases.Count} cases");

        var deletions = new List<Task>();
        await MatrixRun.ForEachAsync(cases, async one =>
        {
            deletions.Add(run.DeleteAsync(one));
            await Eventually.BecomesAsync(
                () => run.Host.ViewAsync(one.Id), view => view!.Phase is InstancePhase.Deleting or InstancePhase.Deleted,
                $"{one} is being deleted", MatrixRun.RestTime);
        });
        foreach (var one in cases)
            await one.DisarmAsync();
        await Task.WhenAll(deletions);
        await run.CatchUpAsync();

        var wrong = await run.JudgeAsync();
        Assert.True(wrong.Count == 0, $"{wrong.Count} faults:\n{string.Join('\n', wrong)}");
        Assert.All(cases, one => Assert.Null(one.Container));
        Assert.DoesNotContain(run.Network.Devices.Keys.Concat(run.Network.Bridges), device => cases.Contains(run.OwnerOf(device)));
    }

    /// <summary>Brings every scenario to every one of its calls, where it stays; and one of each to its end.</summary>
    private static async Task<(Dictionary<Scenario, MatrixCase> Plain, IReadOnlyList<MatrixCase> Cases)> CatchAsync(
        MatrixRun run, IEnumerable<Scenario> scenarios, bool later)
    {
        run.Engine.HoldEvents();
        var plain = await MatrixRun.ForEachAsync(scenarios, scenario => run.AddAsync(scenario));
        await MatrixRun.ForEachAsync(plain, run.PerformAsync);
        var caught =
            from one in plain
            from call in one.Calls.Select((recorded, i) => (recorded.Call, At: i + 1, IsMet: one.Scenario.Catches(recorded)))
            from kind in FaultKind.Stays
            where call.IsMet && kind.Meets(call.Call) && (later || !kind.IsLater)
            select (one.Scenario, Kind: kind, call.At, call.Call);
        var cases = await MatrixRun.ForEachAsync(caught, one => run.AddAsync(one.Scenario, one.Kind, one.At, one.Call));
        await MatrixRun.ForEachAsync(cases, async one =>
        {
            one.ArmForFault();
            await run.AskAsync(one);
            await Eventually.CompletesAsync(one.Reached, $"{one} is reached", MatrixRun.RestTime);
        });
        run.Engine.ReleaseEvents(held => held);
        return (plain.ToDictionary(one => one.Scenario), cases);
    }
}
