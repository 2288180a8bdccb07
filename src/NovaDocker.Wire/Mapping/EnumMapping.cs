using System.Runtime.CompilerServices;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Wire.Mapping;

/// <summary>
/// The enums. Their numbers are the same in the domain and on the wire, and a test holds them together by name; what
/// either side does not know, 0 included, is refused.
/// </summary>
internal static class EnumMapping
{
    public static V1.VifPluggingOutcome ToWire(this VifPluggingOutcome value) =>
        (V1.VifPluggingOutcome)FieldMapping.Known(value, nameof(VifPluggingOutcome));

    public static V1.FaultCode ToWire(this FaultCode value) =>
        (V1.FaultCode)FieldMapping.Known(value, nameof(FaultCode));

    public static V1.InstanceVerb ToWire(this InstanceVerb value) =>
        (V1.InstanceVerb)FieldMapping.Known(value, nameof(InstanceVerb));

    public static V1.InstancePhase ToWire(this InstancePhase value) =>
        (V1.InstancePhase)FieldMapping.Known(value, nameof(InstancePhase));

    public static V1.StepKind ToWire(this StepKind value) =>
        (V1.StepKind)FieldMapping.Known(value, nameof(StepKind));

    public static V1.StepStatus ToWire(this StepStatus value) =>
        (V1.StepStatus)FieldMapping.Known(value, nameof(StepStatus));

    public static V1.RefusalCode ToWire(this RefusalCode value) =>
        (V1.RefusalCode)FieldMapping.Known(value, nameof(RefusalCode));

    public static V1.ImageState ToWire(this ImageState value) =>
        (V1.ImageState)FieldMapping.Known(value, nameof(ImageState));

    public static V1.EngineState ToWire(this EngineState value) =>
        (V1.EngineState)FieldMapping.Known(value, nameof(EngineState));

    public static V1.FindingKind ToWire(this FindingKind value) =>
        (V1.FindingKind)FieldMapping.Known(value, nameof(FindingKind));

    public static V1.FindingAction ToWire(this FindingAction value) =>
        (V1.FindingAction)FieldMapping.Known(value, nameof(FindingAction));

    public static V1.EventKind ToWire(this EventKind value) =>
        (V1.EventKind)FieldMapping.Known(value, nameof(EventKind));

    public static V1.EventOutcome ToWire(this EventOutcome value) =>
        (V1.EventOutcome)FieldMapping.Known(value, nameof(EventOutcome));

    public static V1.RestartMode ToWire(this RestartMode value) =>
        (V1.RestartMode)FieldMapping.Known(value, nameof(RestartMode));

    public static V1.OptionSource ToWire(this OptionSource value) =>
        (V1.OptionSource)FieldMapping.Known(value, nameof(OptionSource));

    public static V1.UserDataKind ToWire(this UserDataKind value) =>
        (V1.UserDataKind)FieldMapping.Known(value, nameof(UserDataKind));

    public static V1.UnhealthyAction ToWire(this UnhealthyAction value) =>
        (V1.UnhealthyAction)FieldMapping.Known(value, nameof(UnhealthyAction));

    public static V1.LostAction ToWire(this LostAction value) =>
        (V1.LostAction)FieldMapping.Known(value, nameof(LostAction));

    public static V1.RestartCause ToWire(this RestartCause value) =>
        (V1.RestartCause)FieldMapping.Known(value, nameof(RestartCause));

    public static V1.HealthStatus ToWire(this HealthStatus value) =>
        (V1.HealthStatus)FieldMapping.Known(value, nameof(HealthStatus));

    public static V1.DriftKind ToWire(this DriftKind value) =>
        (V1.DriftKind)FieldMapping.Known(value, nameof(DriftKind));

    public static V1.ContainerCondition ToWire(this ContainerCondition value) =>
        (V1.ContainerCondition)FieldMapping.Known(value, nameof(ContainerCondition));

    public static V1.CollectReason ToWire(this CollectReason value) =>
        (V1.CollectReason)FieldMapping.Known(value, nameof(CollectReason));

    public static V1.PullState ToWire(this PullState value) =>
        (V1.PullState)FieldMapping.Known(value, nameof(PullState));

    public static V1.ImageFate ToWire(this ImageFate value) =>
        (V1.ImageFate)FieldMapping.Known(value, nameof(ImageFate));

    public static VifPluggingOutcome ToDomain(
        this V1.VifPluggingOutcome value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((VifPluggingOutcome)value, field);

    public static FaultCode ToDomain(
        this V1.FaultCode value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((FaultCode)value, field);

    public static InstanceVerb ToDomain(
        this V1.InstanceVerb value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((InstanceVerb)value, field);

    public static InstancePhase ToDomain(
        this V1.InstancePhase value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((InstancePhase)value, field);

    public static StepKind ToDomain(
        this V1.StepKind value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((StepKind)value, field);

    public static StepStatus ToDomain(
        this V1.StepStatus value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((StepStatus)value, field);

    public static RefusalCode ToDomain(
        this V1.RefusalCode value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((RefusalCode)value, field);

    public static FindingKind ToDomain(
        this V1.FindingKind value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((FindingKind)value, field);

    public static FindingAction ToDomain(
        this V1.FindingAction value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((FindingAction)value, field);

    public static ImageState ToDomain(
        this V1.ImageState value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((ImageState)value, field);

    public static EngineState ToDomain(
        this V1.EngineState value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((EngineState)value, field);

    public static EventKind ToDomain(
        this V1.EventKind value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((EventKind)value, field);

    public static EventOutcome ToDomain(
        this V1.EventOutcome value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((EventOutcome)value, field);

    public static RestartMode ToDomain(
        this V1.RestartMode value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((RestartMode)value, field);

    public static OptionSource ToDomain(
        this V1.OptionSource value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((OptionSource)value, field);

    public static UserDataKind ToDomain(
        this V1.UserDataKind value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((UserDataKind)value, field);

    public static UnhealthyAction ToDomain(
        this V1.UnhealthyAction value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((UnhealthyAction)value, field);

    public static LostAction ToDomain(
        this V1.LostAction value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((LostAction)value, field);

    public static RestartCause ToDomain(
        this V1.RestartCause value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((RestartCause)value, field);

    public static HealthStatus ToDomain(
        this V1.HealthStatus value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((HealthStatus)value, field);

    public static DriftKind ToDomain(
        this V1.DriftKind value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((DriftKind)value, field);

    public static ContainerCondition ToDomain(
        this V1.ContainerCondition value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((ContainerCondition)value, field);

    public static CollectReason ToDomain(
        this V1.CollectReason value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((CollectReason)value, field);

    public static PullState ToDomain(
        this V1.PullState value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((PullState)value, field);

    public static ImageFate ToDomain(
        this V1.ImageFate value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        FieldMapping.Known((ImageFate)value, field);
}
