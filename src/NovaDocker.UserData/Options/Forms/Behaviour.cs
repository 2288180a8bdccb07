using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Health checks, restart policies and logs: mappings with fields of their own.</summary>
internal static class Behaviour
{
    private static readonly string[][] HealthFields =
    [
        ["Test", "test"], ["Interval", "interval"], ["Timeout", "timeout"], ["StartPeriod", "start_period"],
        ["Retries", "retries"],
    ];

    private static readonly string[][] RestartFields = [["Name"], ["MaximumRetryCount"]];
    private static readonly string[][] LogFields = [["Type", "type"], ["Config", "config"]];

    /// <summary>A health check.</summary>
    public static Found<OptionValue.Check>? Health(Spot spot)
    {
        var before = spot.Findings.Count;
        if (Fields.Read(spot, HealthFields) is not { } fields)
            return null;
        var command = fields["Test"] is { IsUnset: false } test ? Test(test) : null;
        var (interval, timeout, start) = (Time(fields["Interval"]), Time(fields["Timeout"]), Time(fields["StartPeriod"]));
        var retries = fields["Retries"]?.Word(Retries) is { } word ? (int)Numbers.Whole(word) : 0;
        if (spot.Findings.Count > before)
            return null;
        var times = interval + timeout + start;
        if (command is null && (times > TimeSpan.Zero || retries > 0))
            spot.Fault("has no 'Test'; the times and retries of an image's own check cannot be changed without one.");
        if (command is not { } words)
            return null;
        var check = words.IsEmpty ? HealthCheck.Off : new HealthCheck(words, interval, timeout, start, retries);
        return new(new OptionValue.Check(check));
    }

    /// <summary>A restart policy: <c>{Name, MaximumRetryCount}</c>, or a line such as <c>on-failure:5</c>.</summary>
    public static Found<OptionValue.Restart>? Restart(Spot spot)
    {
        var before = spot.Findings.Count;
        string? name, count;
        if (spot.Text is { } line)
        {
            var parts = line.Split(':', 2);
            name = spot.IsUnset ? null : spot.Judge(parts[0], RestartName);
            count = parts.Length > 1 ? spot.Judge(parts[1], Restarts) : null;
        }
        else if (Fields.Read(spot, RestartFields) is { } fields)
        {
            name = fields["Name"]?.Word(RestartName);
            count = fields["MaximumRetryCount"]?.Word(Restarts);
        }
        else
        {
            return null;
        }

        if (spot.Findings.Count > before)
            return null;
        var most = count is null ? 0 : (int)Numbers.Whole(count);
        if (most > 0 && name != "on-failure")
        {
            spot.Fault($"has a maximum of {most}; only on-failure may have one.");
            return null;
        }

        return name is null ? null : new(new OptionValue.Restart(new RestartPolicy(Mode(name), most)));
    }

    /// <summary>Log driver and its options.</summary>
    public static IReadOnlyList<Setting> Log(Spot spot)
    {
        if (Fields.Read(spot, LogFields) is not { } fields)
            return [];
        var driver = fields["Type"] is { } type ? Scalars.Text(Names.LogDriver)(type) : null;
        var options = fields["Config"] is { } config ? PairForms.LogOptions(config) : null;
        return [.. Setting.Of(OptionKeys.LogDriver, driver), .. Setting.Of(OptionKeys.LogOptions, options)];
    }

    /// <summary>The words to run; empty where the image's check is switched off; null where there is none, or a fault.</summary>
    private static EquatableArray<string>? Test(Spot test)
    {
        if (test.Text is { } line)
            return test.Judge(line, Names.Argument) is null ? null : Shell(line);
        var before = test.Findings.Count;
        var words = Lists.Command(test)?.Value.Values ?? [];
        if (test.Findings.Count > before)
            return null;
        switch (words)
        {
            case ["NONE"]:
                return [];
            case ["CMD-SHELL", var command]:
                return Shell(command);
            case ["CMD", { Length: > 0 }, ..]:
                return words.RemoveFirst();
            case ["CMD"] or ["CMD", "", ..] or ["", ..] or ["NONE", ..] or ["CMD-SHELL", ..]:
                test.Fault("""has to be a line, ["NONE"], ["CMD", program, …] or ["CMD-SHELL", line].""");
                return null;
            default:
                return words.IsEmpty ? null : words;
        }
    }

    private static EquatableArray<string> Shell(string line) => ["/bin/sh", "-c", line];

    /// <summary>A time; zero where it is not set or cannot be taken, which is told then.</summary>
    private static TimeSpan Time(Spot? spot) =>
        spot?.Word(TimeInTicks) is { } ticks ? TimeSpan.FromTicks(Numbers.Whole(ticks)) : TimeSpan.Zero;

    private static Verdict TimeInTicks(string text) =>
        Numbers.Time(text) is { } time && (IsZero(text) || (time >= HealthCheck.Shortest && time <= HealthCheck.Longest))
            ? Verdict.Of(Numbers.Text(time.Ticks))
            : Verdict.Not($"nanoseconds, or a time such as 30s, from {HealthCheck.Shortest.TotalMilliseconds} ms "
                + $"to {HealthCheck.Longest.TotalHours} h are expected");

    private static bool IsZero(string time) => !time.Any(c => c is >= '1' and <= '9');

    private static Verdict Retries(string text) => Verdict.When(
        Numbers.IsWhole(text, out var number) && number is >= 0 and <= HealthCheck.MostRetries,
        text,
        $"a number up to {HealthCheck.MostRetries} is expected");

    private static Verdict Restarts(string text) => Verdict.When(
        Numbers.IsWhole(text, out var number) && number is >= 0 and <= RestartPolicy.MostRestarts,
        text,
        $"a number up to {RestartPolicy.MostRestarts} is expected");

    private static Verdict RestartName(string text) => Verdict.When(
        text is "no" or "on-failure" or "always" or "unless-stopped",
        text,
        "no, on-failure, always or unless-stopped is expected");

    private static RestartMode Mode(string name) => name switch
    {
        "on-failure" => RestartMode.OnFailure,
        "always" => RestartMode.Always,
        "unless-stopped" => RestartMode.UnlessStopped,
        _ => RestartMode.No,
    };
}
