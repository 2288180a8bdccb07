namespace NovaDocker.Domain.Instances;

/// <summary>What the world still owes an instance: derived from its state alone, so that it is the same after a crash.</summary>
public abstract record InstanceWork
{
    private InstanceWork()
    {
    }

    /// <summary>The current step is to be done by the host.</summary>
    /// <param name="Facts">What the host is told of the instance.</param>
    /// <param name="Operation">The operation; its first pending step is meant.</param>
    public sealed record RunStep(InstanceFacts Facts, Operation Operation) : InstanceWork;

    /// <summary>
    /// The current step is to be tried again at a time; or for the first time, where a restart waits for its turn; or it is a wait,
    /// which ends then.
    /// </summary>
    /// <param name="At">When.</param>
    /// <param name="Revision">The revision of the intent that failed.</param>
    /// <param name="Step">The step.</param>
    /// <param name="Attempt">How often it was begun; 0 for a restart that waits for its turn.</param>
    public sealed record AwaitRetry(DateTimeOffset At, long Revision, StepKind Step, int Attempt) : InstanceWork
    {
        /// <summary>The longest that it can be; null for what the policy has for the attempt.</summary>
        public TimeSpan? Longest { get; init; }

        /// <summary>
        /// How long that is from now on; never longer than the policy has one wait, since the clock may have been set back.
        /// </summary>
        public TimeSpan WaitFrom(DateTimeOffset now, StepPolicies policies)
        {
            var most = Longest ?? (Attempt == 0 ? policies.Restarts.MaxBackoff : policies.For(Step).BackoffAfter(Attempt));
            var left = At - now;
            return left < TimeSpan.Zero ? TimeSpan.Zero : left < most ? left : most;
        }
    }

    /// <summary>A decision is to be made on how the operation goes on: only a crash between two events leaves this.</summary>
    public sealed record Advance : InstanceWork;

    /// <summary>What is owed in a state; null where nothing is.</summary>
    public static InstanceWork? Outstanding(InstanceState state) => state switch
    {
        InstanceState.Working { Operation: { Status: StepStatus.Running, Deadline: { } deadline } operation } =>
            new AwaitRetry(deadline, operation.IntentRevision, operation.CurrentStep!.Value, operation.Attempt)
            {
                Longest = operation.Terms.AwaitVifs?.Timeout,
            },
        InstanceState.Working { Operation: { Status: StepStatus.Running } operation, Facts: var facts } =>
            new RunStep(facts, operation),
        InstanceState.Working { Operation: { Status: StepStatus.AwaitingRetry } operation } =>
            new AwaitRetry(
                operation.RetryAt!.Value, operation.IntentRevision, operation.CurrentStep!.Value, operation.Attempt),
        InstanceState.Working => new Advance(),
        _ => null,
    };
}
