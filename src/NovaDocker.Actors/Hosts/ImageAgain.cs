using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Hosts;

/// <summary>
/// What the making of a container needs may have gone since the image was seen: somebody removed it, or it was taken away as unused.
/// Then the image is brought again and the container made once more, within the same step; nothing of that is a failure.
/// </summary>
internal sealed class ImageAgain
{
    private readonly Dictionary<InstanceId, Try> _tries = [];

    /// <summary>
    /// What is to be done in place of ending a step; null where it has ended, by what <paramref name="finished"/> is then.
    /// </summary>
    public HostProtocol.RunStep? Follow(ref StepFinished finished)
    {
        var step = finished.Step;
        var known = _tries.TryGetValue(step.InstanceId, out var tried) && tried.Create.Token == step.Token;
        if (!known && ImageStepOf(step.Step) is { } imageStep && finished.Fault is { Code: FaultCode.NotFound })
        {
            var ensure = step with { Step = imageStep };
            _tries[step.InstanceId] = new Try(step, ensure);
            return ensure;
        }

        if (!known || tried is null)
            return null;
        if (step.Step == tried.Ensure?.Step && finished.Fault is null)
        {
            _tries[step.InstanceId] = tried with { Ensure = null };
            return tried.Create;
        }

        _tries.Remove(step.InstanceId);
        finished = finished with { Step = tried.Create };
        return null;
    }

    /// <summary>What is really under way for a step that the host has in hand.</summary>
    public HostProtocol.RunStep UnderWay(HostProtocol.RunStep step) =>
        _tries.TryGetValue(step.InstanceId, out var tried) && tried.Create.Token == step.Token ? tried.Ensure ?? step : step;

    /// <summary>The step that brings the image which another one makes a container of; null for all that make none.</summary>
    private static StepKind? ImageStepOf(StepKind step) => step switch
    {
        StepKind.CreateContainer => StepKind.EnsureImage,
        StepKind.StartRescue => StepKind.EnsureRescueImage,
        _ => null,
    };

    /// <param name="Create">The making of the container.</param>
    /// <param name="Ensure">The bringing of its image, while that is under way; null once the container is made anew.</param>
    private sealed record Try(HostProtocol.RunStep Create, HostProtocol.RunStep? Ensure);
}
