using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Instances;

/// <summary>The part of <see cref="InstanceDecider"/> that concerns rebuilds and resizes.</summary>
internal static class ChangeDecider
{
    /// <summary>The answer to a rebuild or resize, or to its end, that begins nothing; null where it begins.</summary>
    public static CommandReply? AnswerAtOnce(InstanceFacts facts, VerbCommand command) => command switch
    {
        Rebuild rebuild => Problem(command, SpecOf(facts, rebuild)),
        Resize when facts.OtherSize is { } other => new Refused(
            command.InstanceId, RefusalCode.WrongState,
            $"The instance was resized from {other} and that is neither confirmed nor taken back; do one of the two first."),
        Resize resize => Problem(command, resize.Size.In(facts.Spec)),
        ConfirmResize when facts.OtherSize is null => new AlreadyDone(command.InstanceId),
        RevertResize when facts.OtherSize is null => new Refused(
            command.InstanceId, RefusalCode.WrongState, "The instance has no resize that could be taken back."),
        _ => null,
    };

    /// <summary>What a rebuild makes of an instance: its size and the ports it has stay.</summary>
    public static InstanceSpec SpecOf(InstanceFacts facts, Rebuild rebuild) =>
        InstanceSize.Of(facts.Spec).In(rebuild.Spec) with { Vifs = facts.Spec.Vifs };

    private static Refused? Problem(VerbCommand command, InstanceSpec spec) =>
        InstanceSpecRules.Problems(spec) is { Count: > 0 } problems
            ? new Refused(command.InstanceId, RefusalCode.InvalidArgument, string.Join(' ', problems))
            : null;
}
