using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>How often a step is tried, and how long is waited in between.</summary>
/// <param name="MaxAttempts">Attempts in all, at least 1.</param>
/// <param name="InitialBackoff">Wait after the first attempt; doubled after each further one.</param>
/// <param name="MaxBackoff">The longest wait.</param>
public sealed record StepPolicy(int MaxAttempts, TimeSpan InitialBackoff, TimeSpan MaxBackoff)
{
    /// <summary>How long to wait after an attempt, counted from 1.</summary>
    public TimeSpan BackoffAfter(int attempt) => Backoff.After(attempt, InitialBackoff, MaxBackoff);
}

/// <summary>The policy of every step.</summary>
/// <param name="Default">Of the steps of operations that may be given up.</param>
/// <param name="CleanUp">Of the steps that take something away: giving those up leaves a leak, so they are tried longer.</param>
public sealed record StepPolicies(StepPolicy Default, StepPolicy CleanUp)
{
    /// <summary>The policies of steps that have one of their own, by <see cref="StepKind"/>'s name.</summary>
    public EquatableMap<StepPolicy> OfTheirOwn { get; init; } = EquatableMap<StepPolicy>.Empty;

    /// <summary>How fast an instance is started again by its restart policy.</summary>
    public RestartPace Restarts { get; init; } = RestartPace.Default;

    /// <summary>The policy of a step.</summary>
    public StepPolicy For(StepKind step) =>
        OfTheirOwn.TryGetValue(step.ToString(), out var own) ? own : Usual(step);

    /// <summary>The policy of a step that has none of its own.</summary>
    public StepPolicy Usual(StepKind step) => step
        is StepKind.RemoveContainer or StepKind.RemoveCommit or StepKind.DiscardUpload or StepKind.ReleaseResources
        or StepKind.UnplugVifs or StepKind.RemoveSandbox or StepKind.RemoveRescue
        ? CleanUp
        : Default;
}
