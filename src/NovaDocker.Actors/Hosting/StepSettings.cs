using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Settings;

namespace NovaDocker.Actors.Hosting;

/// <summary>Attempts, waits and deadlines of steps: <c>retry</c>, <c>clean-up-retry</c>, <c>steps</c> and <c>restart</c> in HOCON.</summary>
internal static class StepSettings
{
    private const string Steps = "instances.steps";
    private const string Deadline = "deadline";

    private static readonly string[] RetryKeys = ["max-attempts", "initial-backoff", "max-backoff"];

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestFirstWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(7);

    private static readonly Dictionary<string, StepKind> Kinds =
        Enum.GetValues<StepKind>().ToDictionary(EventDescription.Kebab, StringComparer.Ordinal);

    public static StepPolicies Policies(SettingsReader reader)
    {
        var usual = new StepPolicies(Retry(reader, "instances.retry"), Retry(reader, "instances.clean-up-retry"))
        {
            Restarts = Restarts(reader),
        };
        return usual with
        {
            OfTheirOwn = new EquatableMap<StepPolicy>(
                from own in OwnSections(reader)
                where RetryKeys.Any(name => reader.Has($"{own.Key}.{name}"))
                select KeyValuePair.Create(own.Step.ToString(), Retry(reader, own.Key, usual.Usual(own.Step)))),
        };
    }

    public static EquatableMap<TimeSpan> Deadlines(SettingsReader reader) => new(
        from own in OwnSections(reader)
        where reader.Has($"{own.Key}.{Deadline}") && MayHaveDeadline(reader, own.Key, own.Step)
        select KeyValuePair.Create(
            own.Step.ToString(), reader.Duration($"{own.Key}.{Deadline}", TimeSpan.FromSeconds(1), LongestDeadline)));

    private static IEnumerable<(StepKind Step, string Key)> OwnSections(SettingsReader reader) =>
        from name in reader.Names(Steps, Kinds.Keys)
        where reader.Names($"{Steps}.{name}", [.. RetryKeys, Deadline]).Count > 0
        select (Kinds[name], $"{Steps}.{name}");

    private static bool MayHaveDeadline(SettingsReader reader, string key, StepKind step)
    {
        var instead = step switch
        {
            StepKind.EnsureImage or StepKind.EnsureRescueImage or StepKind.UploadSnapshot => "images.transfer-timeout in its place",
            StepKind.ClaimResources or StepKind.ReleaseResources or StepKind.DiscardUpload => "none, since the step does not wait,",
            StepKind.AwaitVifs => "the wait that the boot asks for in its place",
            _ => null,
        };
        if (instead is not null)
            reader.Fault($"{key}.{Deadline}", "set", instead);
        return instead is null;
    }

    private static StepPolicy Retry(SettingsReader reader, string key, StepPolicy? usual = null)
    {
        var first = IsUsual("initial-backoff")
            ? usual!.InitialBackoff
            : reader.Duration($"{key}.initial-backoff", ShortestWait, LongestFirstWait);
        return new StepPolicy(
            IsUsual("max-attempts") ? usual!.MaxAttempts : reader.Number($"{key}.max-attempts", 1, 1000),
            first,
            IsUsual("max-backoff") ? usual!.MaxBackoff : reader.Duration($"{key}.max-backoff", first, LongestWait));

        bool IsUsual(string name) => usual is not null && !reader.Has($"{key}.{name}");
    }

    private static RestartPace Restarts(SettingsReader reader)
    {
        var first = reader.Duration("instances.restart.initial-backoff", ShortestWait, LongestFirstWait);
        return new RestartPace(
            first, reader.Duration("instances.restart.max-backoff", first, LongestWait),
            reader.Duration("instances.restart.reset-after", ShortestWait, LongestWait));
    }
}
