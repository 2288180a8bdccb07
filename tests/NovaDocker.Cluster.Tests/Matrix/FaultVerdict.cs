using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>What must be true of one case once its verb has come to an end, beside what must be true of all.</summary>
internal static class FaultVerdict
{
    /// <summary>Each thing that is wrong, in one line that begins with the name of the case.</summary>
    /// <param name="one">The case.</param>
    /// <param name="plain">The same scenario without a fault.</param>
    /// <param name="history">The history of its instance.</param>
    /// <param name="view">Its instance, at rest.</param>
    public static IEnumerable<string> On(
        MatrixCase one, MatrixCase plain, IReadOnlyList<HistoryEntry> history, InstanceView view) =>
        Faults(one, plain, history, view).Select(fault => $"{one}: {fault}");

    private static IEnumerable<string> Faults(
        MatrixCase one, MatrixCase plain, IReadOnlyList<HistoryEntry> history, InstanceView view)
    {
        var verb = EventDescription.Kebab(one.Scenario.Verb);
        var own = history.Where(entry => entry.RequestId == one.RequestId).ToList();
        var ends = own.Where(entry => entry.Event == $"{verb}-completed" || entry.Event == $"{verb}-failed").ToList();
        if (ends.Count != 1)
        {
            yield return $"it has {ends.Count} ends.";
            yield break;
        }

        var succeeded = ends[0].Outcome == EventOutcome.Success;
        var failures = own.Where(entry => entry.Outcome == EventOutcome.Failure).ToList();
        if (one.Fault?.Consequence != Consequence.ProcessEnds && succeeded && history.Any(IsObserved))
            yield return $"something is told of its container, though nothing of the kind happened: {Text(history)}";
        if (one.Fault is { } fault && fault.ReasonAt(plain.Calls[one.At - 1]) is { } reason && !failures.Any(entry => ReasonOf(entry) == reason.ToString()))
            yield return $"no failure in its history says {reason}: {Text(own)}, by {string.Join(", ", one.Calls.Select(call => call.Call))}";

        if (one.Fault is { IsSentAgain: true } && !one.WasResent)
            yield return "its step was not sent again while the call took long.";
        if (one.Overlapping is { } second)
            yield return $"{second.Call} was called while the step was under way already.";

        switch (one.Fault?.Consequence ?? Consequence.Passes)
        {
            case Consequence.Passes:
                if (!succeeded || view.Phase != one.Scenario.Ends)
                    yield return $"is {view.Phase} and not {one.Scenario.Ends}: {Text(own)}";
                if (!one.Happened.SequenceEqual(plain.Happened))
                    yield return $"{string.Join(", ", one.Happened)} happened in the Engine instead of {string.Join(", ", plain.Happened)}.";
                if (IsTwice(one, plain) is { } twice)
                    yield return twice;
                break;
            case Consequence.IsGivenUp when succeeded:
                if (view.Phase != one.Scenario.Ends)
                    yield return $"is {view.Phase} and not {one.Scenario.Ends}, though {verb} is said to be done: {Text(own)}";
                break;
            case Consequence.IsGivenUp:
                if (view.Fault is null)
                    yield return "its view does not say why it failed.";
                if (one.Fault!.Lasts && failures.Max(Attempt) is var attempts && attempts != AttemptsOf(failures))
                    yield return $"a step was tried {attempts} times: {Text(own)}";
                if (one.Scenario.Verb == InstanceVerb.Boot && one.Container is not null && !IsLeftBehind(own))
                    yield return $"the container of a boot that failed is still there: {Text(own)}";
                break;
            case Consequence.ProcessEnds:
                if (one.Happened.Count(IsStart) > plain.Happened.Count(IsStart))
                    yield return $"was started again after its process had ended: {string.Join(", ", one.Happened)}.";
                if (history.Count(IsObserved) > 1)
                    yield return $"the end of its container is told more than once: {Text(history)}";
                break;
        }
    }

    /// <summary>Whatever became of the answer, and however often the step was sent: what was done is not done a second time.</summary>
    private static string? IsTwice(MatrixCase one, MatrixCase plain)
    {
        if (one.Fault is not ({ IsAfterTheWork: true } or { IsSentAgain: true }))
            return null;
        var faulted = plain.Calls[one.At - 1];
        var (calls, once) = (one.Calls.Count(faulted.IsLike), plain.Calls.Count(faulted.IsLike));
        return faulted.Call.IsOnceOnly() && calls != once ? $"{faulted.Call} was called {calls} times, {once} without the fault." : null;
    }

    /// <summary>How often the step that was given up was to be tried.</summary>
    private static int AttemptsOf(IEnumerable<HistoryEntry> failures) =>
        failures.Any(entry => entry.Data.ContainsKey("retryAt")) ? MatrixRun.MaxAttempts : 1;

    /// <summary>True where the history says that what was to be taken back could not be.</summary>
    public static bool IsLeftBehind(IEnumerable<HistoryEntry> history) => history.Any(
        entry => entry.Event is "remove-container-failed" or "remove-commit-failed" or "discard-upload-failed"
                or "unplug-vifs-failed" or "remove-sandbox-failed" or "remove-rescue-failed"
            && !entry.Data.ContainsKey("retryAt"));

    private static bool IsStart(string action) => action == "start";

    /// <summary>True of what nobody asked for, and was seen at the Engine.</summary>
    private static bool IsObserved(HistoryEntry entry) => entry.Kind == EventKind.Observation && entry.Event != "work-resumed";

    private static string ReasonOf(HistoryEntry entry) => entry.Data.TryGetValue("reasonCode", out var code) ? code : "";

    private static int Attempt(HistoryEntry entry) =>
        entry.Data.TryGetValue("attempt", out var attempt) && int.TryParse(attempt, out var number) ? number : 0;

    private static string Text(IEnumerable<HistoryEntry> history) => string.Join(
        ", ", history.Select(entry => ReasonOf(entry) is { Length: > 0 } reason ? $"{entry.Event} ({reason})" : entry.Event));
}
