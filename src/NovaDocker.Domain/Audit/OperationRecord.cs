using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Audit;

/// <summary>How an operation ended. Numbers are on the wire and never change.</summary>
public enum OperationEnd
{
    /// <summary>All its steps were done.</summary>
    Succeeded = 1,

    /// <summary>It was given up, and what it had done was taken back as far as possible.</summary>
    Failed = 2,

    /// <summary>A command that stands above it took its place.</summary>
    Cancelled = 3,
}

/// <summary>What the history tells of one operation.</summary>
/// <param name="Id">The operation.</param>
/// <param name="Verb">What it carries out.</param>
/// <param name="RequestId">The request behind it; empty for what the instance decided itself.</param>
/// <param name="Revision">The place of the last event that tells of it in the instance's journal.</param>
/// <param name="End">How it ended; null where that has not been written down yet.</param>
/// <param name="Fault">Why it failed; null where it did not.</param>
/// <param name="FaultStep">The step that was given up; null where none was.</param>
public sealed record OperationRecord(
    OperationId Id, InstanceVerb Verb, string RequestId, long Revision, OperationEnd? End, Fault? Fault, StepKind? FaultStep)
{
    /// <summary>The record of an operation; null where the instance never had such a one.</summary>
    /// <param name="id">The operation.</param>
    /// <param name="events">The instance's events from the first one on, in order.</param>
    public static OperationRecord? Of(OperationId id, IEnumerable<InstanceEvent> events)
    {
        OperationRecord? record = null;
        StepFailed? givenUp = null;
        var revision = 0L;
        foreach (var @event in events)
        {
            revision++;
            switch (@event)
            {
                case OperationRequest request when request.OperationId == id:
                    record = new OperationRecord(id, request.Verb, request.Header.Request.RequestId, revision, null, null, null);
                    break;
                case StepFailed { RetryAt: null } failed when failed.OperationId == id:
                    // What fails in tidying up afterwards is not what the operation failed of.
                    givenUp ??= failed;
                    break;
                case OperationCompleted e when e.OperationId == id:
                    record = record! with { Revision = revision, End = OperationEnd.Succeeded };
                    break;
                case OperationFailed e when e.OperationId == id:
                    record = record! with
                    {
                        Revision = revision, End = OperationEnd.Failed, Fault = e.Fault, FaultStep = givenUp?.Step,
                    };
                    break;
                case OperationCancelled e when e.OperationId == id:
                    record = record! with { Revision = revision, End = OperationEnd.Cancelled };
                    break;
            }
        }

        return record;
    }
}
