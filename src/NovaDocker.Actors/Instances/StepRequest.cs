using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Instances;

/// <summary>The outstanding step of an instance, as its host is asked for it.</summary>
internal static class StepRequest
{
    /// <summary>The message.</summary>
    /// <param name="work">What is outstanding.</param>
    /// <param name="writer">Who asks: this incarnation of the instance's actor.</param>
    /// <param name="stored">The event that was stored just now; null where the step is asked for again.</param>
    public static HostProtocol.RunStep For(InstanceWork.RunStep work, Guid writer, InstanceEvent? stored)
    {
        var (facts, operation) = (work.Facts, work.Operation);
        return new HostProtocol.RunStep(
            facts.Host, facts.InstanceId, operation.Id, new FencingToken(operation.IntentRevision, writer),
            operation.CurrentStep!.Value, operation.Attempt, facts.Spec, facts.Image, facts.Owner, facts.EngineImageId,
            facts.ContainerId, facts.RunStartedAt, operation.Snapshot)
        {
            IsUntried = operation.Verb == InstanceVerb.Boot && stored is StepStarted { Attempt: 1 },
            SandboxId = facts.SandboxId,
            Ports = facts.Ports,
            Port = operation.Port,
            Terms = operation.Terms,
            Rescue = facts.Rescue,
            IsOfDeletion = operation.Verb == InstanceVerb.Delete,
        };
    }
}
