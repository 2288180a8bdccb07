using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Http.Routes;

namespace NovaDocker.Http.Answers;

/// <summary>An operation, under way or ended.</summary>
/// <param name="Id">Its id; null where there was nothing to be done, and so no operation.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="Verb">What it carries out, in lower case with hyphens.</param>
/// <param name="State"><c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Step">The step it is at, in lower case with hyphens; null between two, and when it has ended.</param>
/// <param name="Attempt">How often that step has been tried, this time included.</param>
/// <param name="RetryAt">When the step is tried again; null while it is being tried.</param>
/// <param name="Progress">How far a transfer has come; null where none is.</param>
/// <param name="Fault">Why it failed; null where it did not.</param>
/// <param name="Revision">The last event of the instance that this tells of: what to wait beyond.</param>
/// <param name="Href">Where it is found; null where there is none.</param>
internal sealed record OperationAnswer(
    string? Id,
    string InstanceId,
    string Verb,
    string State,
    string? Step,
    int Attempt,
    DateTime? RetryAt,
    ProgressAnswer? Progress,
    OperationFaultAnswer? Fault,
    long Revision,
    string? Href)
{
    /// <summary>One that is under way.</summary>
    public static OperationAnswer UnderWay(InstanceView instance, OperationView operation) => new(
        operation.Id.ToString(), instance.Id.ToString(), EventDescription.Kebab(operation.Verb), "running",
        operation.Step is { } step ? EventDescription.Kebab(step) : null, operation.Attempt, operation.RetryAt?.UtcDateTime,
        operation.Progress is { } progress ? new ProgressAnswer(progress.BytesDone, progress.BytesTotal) : null, null,
        instance.Revision, InstanceRoute.PathOf(instance.Id, operation.Id));

    /// <summary>One that has ended.</summary>
    public static OperationAnswer Ended(InstanceId instance, OperationRecord record, OperationEnd end) => new(
        record.Id.ToString(), instance.ToString(), EventDescription.Kebab(record.Verb), EventDescription.Kebab(end), null, 0, null, null,
        record.Fault is { } fault ? OperationFaultAnswer.Of(fault, record.FaultStep) : null, record.Revision,
        InstanceRoute.PathOf(instance, record.Id));

    /// <summary>None, since the instance was there already.</summary>
    public static OperationAnswer Needless(InstanceId instance, InstanceVerb verb, long revision) => new(
        null, instance.ToString(), EventDescription.Kebab(verb), EventDescription.Kebab(OperationEnd.Succeeded), null, 0, null, null, null,
        revision, null);
}

/// <summary>How far a transfer has come.</summary>
/// <param name="Bytes">Bytes moved so far.</param>
/// <param name="TotalBytes">How many there are in all; null where that is not known.</param>
internal sealed record ProgressAnswer(long Bytes, long? TotalBytes);

/// <summary>Why an operation failed.</summary>
/// <param name="Code">The kind of failure.</param>
/// <param name="Step">The step that was given up; null where none was.</param>
/// <param name="Message">In a sentence.</param>
internal sealed record OperationFaultAnswer(string Code, string? Step, string Message)
{
    public static OperationFaultAnswer Of(Fault fault, StepKind? step) =>
        new(EventDescription.Kebab(fault.Code), step is { } kind ? EventDescription.Kebab(kind) : null, fault.Message);
}
