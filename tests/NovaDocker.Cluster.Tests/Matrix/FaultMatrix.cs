using Xunit.Abstractions;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>
/// Every fault at every call of every verb. Which calls a verb makes is found by watching it once without a fault, so
/// that the matrix grows with the steps.
/// </summary>
public abstract class FaultMatrix
{
    private readonly ITestOutputHelper _output;

    private protected FaultMatrix(ITestOutputHelper output) => _output = output;

    /// <summary>Judges one row of the matrix, all its cases side by side.</summary>
    private protected async Task JudgeAsync(string name)
    {
        var scenario = Scenario.Of(name);
        await using var run = await MatrixRun.StartAsync();
        run.Engine.HoldEvents();
        var plain = await run.AddAsync(scenario);
        await run.PerformAsync(plain);
        var faults =
            from call in plain.Calls.Select((recorded, i) => (recorded.Call, At: i + 1, IsMet: scenario.Catches(recorded)))
            from kind in FaultKind.All.Concat(FaultKind.Slow)
            where call.IsMet && kind.Meets(call.Call)
            select (Kind: kind, call.At, call.Call);
        var cases = await MatrixRun.ForEachAsync(faults, fault => run.AddAsync(scenario, fault.Kind, fault.At, fault.Call));
        _output.WriteLine($"{cases.Count} cases of {string.Join(", ", plain.Calls.Select(recorded => recorded.Call))}");

        await MatrixRun.ForEachAsync(cases, run.PerformAsync);
        run.Engine.ReleaseEvents(held => held.Concat(held).OrderBy(happened => happened.ContainerId[^1]));
        await run.CatchUpAsync();
        run.Engine.DropEventStreams();
        await run.CatchUpAsync();

        var wrong = new List<string>();
        foreach (var one in cases.Prepend(plain))
        {
            var view = await run.RestsAsync(one);
            wrong.AddRange(FaultVerdict.On(one, plain, await run.Host.HistoryAsync(one.Id), view));
        }

        await run.SettleAsync();
        foreach (var finding in await run.ReconcileAsync(dryRun: true))
        {
            var owner = run.OwnerOf(finding.InstanceId?.ToString() ?? finding.Subject);
            if (owner is null || !FaultVerdict.IsLeftBehind(await run.Host.HistoryAsync(owner.Id)))
                wrong.Add($"{owner}: left {finding.Kind} {finding.Subject}, and no failure to remove it is in its history.");
        }

        await run.ReconcileAsync(dryRun: false);
        wrong.AddRange(await run.JudgeAsync());

        await MatrixRun.ForEachAsync(run.Cases, run.DeleteAsync);
        wrong.AddRange((await run.JudgeAsync()).Select(fault => $"after its deletion, {fault}"));
        Assert.True(wrong.Count == 0, $"{wrong.Count} faults:\n{string.Join('\n', wrong)}");
    }
}
