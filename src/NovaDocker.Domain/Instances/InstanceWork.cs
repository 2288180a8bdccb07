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

    /// <summary>The current step is to be tried again at a time.</summary>
    /// <param name="At">When.</param>
    /// <param name="Revision">The revision of the intent that failed.</param>
    public sealed record AwaitRetry(DateTimeOffset At, long Revision) : InstanceWork;

    /// <summary>A decision is to be made on how the operation goes on: only a crash between two events leaves this.</summary>
    public sealed record Advance : InstanceWork;

    /// <summary>What is owed in a state; null where nothing is.</summary>
    public static InstanceWork? Outstanding(InstanceState state) => state switch
    {
        InstanceState.Working { Operation: { Status: StepStatus.Running } operation, Facts: var facts } =>
            new RunStep(facts, operation),
        InstanceState.Working { Operation: { Status: StepStatus.AwaitingRetry } operation } =>
            new AwaitRetry(operation.RetryAt!.Value, operation.IntentRevision),
        InstanceState.Working => new Advance(),
        _ => null,
    };
}
