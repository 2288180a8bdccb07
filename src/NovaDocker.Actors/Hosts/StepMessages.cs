using System.Collections.Immutable;
using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Hosts;

/// <summary>A part of the host is done with a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Result">What it brought about; null where it failed.</param>
/// <param name="Fault">Why it failed; null where it did not.</param>
internal sealed record StepFinished(HostProtocol.RunStep Step, StepResult? Result, Fault? Fault)
    : INoSerializationVerificationNeeded
{
    public static StepFinished Done(HostProtocol.RunStep step) => new(step, new StepResult.Done(), null);

    public static StepFinished Failed(HostProtocol.RunStep step, Fault fault) => new(step, null, fault);
}

/// <summary>A part of the host shall give a step up where that does no harm. It answers with <see cref="StepFinished"/> in any case.</summary>
/// <param name="Step">The step.</param>
internal sealed record CancelStep(HostProtocol.RunStep Step) : INoSerializationVerificationNeeded;

/// <summary>What the instances of this host say of themselves; those that did not answer are left out.</summary>
internal sealed record InstancesSeen(ImmutableArray<InstanceView> Instances) : INoSerializationVerificationNeeded;
