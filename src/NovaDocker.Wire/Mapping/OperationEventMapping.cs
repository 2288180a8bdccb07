using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>The events of an operation under way: its steps and its end; as in <see cref="InstanceEventMapping"/>.</summary>
internal static class OperationEventMapping
{
    public static V1.StepStarted ToWire(this StepStarted e) => new()
    {
        Header = e.Header.ToWire(),
        OperationId = e.OperationId.ToWire(),
        Step = e.Step.ToWire(),
        Attempt = e.Attempt,
    };

    public static StepStarted ToDomain(this V1.StepStarted wire) =>
        new(wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Step.ToDomain(), wire.Attempt);

    public static V1.StepCompleted ToWire(this StepCompleted e) => new()
    {
        Header = e.Header.ToWire(),
        OperationId = e.OperationId.ToWire(),
        Step = e.Step.ToWire(),
        Attempt = e.Attempt,
        Result = e.Result.ToWire(),
    };

    public static StepCompleted ToDomain(this V1.StepCompleted wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Step.ToDomain(), wire.Attempt,
        wire.Result.Required().ToDomain());

    public static V1.StepFailed ToWire(this StepFailed e)
    {
        var wire = new V1.StepFailed
        {
            Header = e.Header.ToWire(),
            OperationId = e.OperationId.ToWire(),
            Step = e.Step.ToWire(),
            Attempt = e.Attempt,
            Fault = e.Fault.ToWire(),
        };
        if (e.RetryAt is { } retryAt)
            wire.RetryAt = retryAt.ToWire();
        return wire;
    }

    public static StepFailed ToDomain(this V1.StepFailed wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Step.ToDomain(), wire.Attempt,
        wire.Fault.Required().ToDomain(), wire.HasRetryAt ? wire.RetryAt.ToTime() : null);

    public static V1.UnwindStarted ToWire(this UnwindStarted e)
    {
        var wire = new V1.UnwindStarted
        {
            Header = e.Header.ToWire(),
            OperationId = e.OperationId.ToWire(),
            Verb = e.Verb.ToWire(),
            Fault = e.Fault.ToWire(),
        };
        e.Steps.AddTo(wire.Steps);
        return wire;
    }

    public static UnwindStarted ToDomain(this V1.UnwindStarted wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Verb.ToDomain(),
        wire.Fault.Required().ToDomain(), wire.Steps.ToSteps());

    public static V1.OperationCompleted ToWire(this OperationCompleted e) => new()
    {
        Header = e.Header.ToWire(),
        OperationId = e.OperationId.ToWire(),
        Verb = e.Verb.ToWire(),
    };

    public static OperationCompleted ToDomain(this V1.OperationCompleted wire) =>
        new(wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Verb.ToDomain());

    public static V1.OperationFailed ToWire(this OperationFailed e) => new()
    {
        Header = e.Header.ToWire(),
        OperationId = e.OperationId.ToWire(),
        Verb = e.Verb.ToWire(),
        Fault = e.Fault.ToWire(),
    };

    public static OperationFailed ToDomain(this V1.OperationFailed wire) => new(
        wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Verb.ToDomain(),
        wire.Fault.Required().ToDomain());

    public static V1.OperationCancelled ToWire(this OperationCancelled e) => new()
    {
        Header = e.Header.ToWire(),
        OperationId = e.OperationId.ToWire(),
        Verb = e.Verb.ToWire(),
    };

    public static OperationCancelled ToDomain(this V1.OperationCancelled wire) =>
        new(wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Verb.ToDomain());

    public static V1.WorkResumed ToWire(this WorkResumed e) => new()
    {
        Header = e.Header.ToWire(),
        OperationId = e.OperationId.ToWire(),
        Step = e.Step.ToWire(),
        Attempt = e.Attempt,
    };

    public static WorkResumed ToDomain(this V1.WorkResumed wire) =>
        new(wire.Header.ToDomain(), wire.OperationId.ToOperationId(), wire.Step.ToDomain(), wire.Attempt);
}
