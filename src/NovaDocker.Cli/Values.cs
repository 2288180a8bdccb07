using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli;

/// <summary>Reads the values of options; what cannot be read is an error with option, value and what would be right.</summary>
internal static partial class Values
{
    /// <summary>A whole number within bounds.</summary>
    public static Func<ArgumentResult, int> Whole(string option, int least, int most) => result =>
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        result.AddError($"{option} is '{text}'; a whole number from {least} to {most} is expected.");
        return default;
    };

    /// <summary>A whole number within bounds.</summary>
    public static Func<ArgumentResult, long> Whole(string option, long least, long most) => result =>
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        result.AddError($"{option} is '{text}'; a whole number from {least} to {most} is expected.");
        return default;
    };

    /// <summary>An instance's id.</summary>
    public static Func<ArgumentResult, InstanceId?> NewInstanceId(string option) => result =>
    {
        if (InstanceId.TryParse(result.Tokens[0].Value, out var id))
            return id;
        result.AddError(NoUuid(option, result.Tokens[0].Value));
        return null;
    };

    /// <summary>An image's id.</summary>
    public static Func<ArgumentResult, ImageId?> NewImageId(string option) => result =>
    {
        if (ImageId.TryParse(result.Tokens[0].Value, out var id))
            return id;
        result.AddError(NoUuid(option, result.Tokens[0].Value));
        return null;
    };

    /// <summary>Pairs of name and value; the last of a name counts.</summary>
    public static Func<ArgumentResult, EquatableMap<string>?> Pairs(string option) => result =>
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var token in result.Tokens)
        {
            var at = token.Value.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                result.AddError($"{option} is '{token.Value}'; NAME=VALUE is expected.");
            else
                pairs[token.Value[..at]] = token.Value[(at + 1)..];
        }

        return new EquatableMap<string>(pairs);
    };

    /// <summary>A time in ISO 8601; one without an offset is meant in UTC, as all times here are written.</summary>
    public static Func<ArgumentResult, DateTimeOffset?> Time(string option) => result =>
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        result.AddError($"{option} is '{text}'; a time such as 2026-03-01T12:30:00Z is expected (UTC where no offset is given).");
        return null;
    };

    /// <summary>A duration as Docker takes it: <c>500ms</c>, <c>10s</c>, <c>1m30s</c>, <c>1h</c>. Zero, or within the bounds.</summary>
    public static Func<ArgumentResult, TimeSpan?> Duration(string option, TimeSpan least, TimeSpan most) => result =>
    {
        var text = result.Tokens[0].Value;
        if (TryDuration(text, out var duration) && (duration == TimeSpan.Zero || (duration >= least && duration <= most)))
            return duration;
        result.AddError(string.Create(CultureInfo.InvariantCulture,
            $"{option} is '{text}'; a time such as 500ms, 10s, 2m or 1h is expected, from {least.TotalMilliseconds}ms to {most.TotalHours}h."));
        return null;
    };

    /// <summary>One of a few words.</summary>
    public static Func<ArgumentResult, T> OneOf<T>(string option, params (string Word, T Value)[] choices) => result =>
    {
        var text = result.Tokens[0].Value;
        foreach (var (word, value) in choices)
        {
            if (word == text)
                return value;
        }

        result.AddError($"{option} is '{text}'; {string.Join(" or ", choices.Select(choice => choice.Word))} is expected.");
        return default!;
    };

    /// <summary>When an instance is started again by itself, as <c>docker run --restart</c> takes it.</summary>
    public static Func<ArgumentResult, RestartPolicy> Restart(string option) => result =>
    {
        const string OnFailure = "on-failure";
        var text = result.Tokens[0].Value;
        RestartPolicy? policy = text switch
        {
            "no" => RestartPolicy.No,
            OnFailure => new RestartPolicy(RestartMode.OnFailure, 0),
            "always" => new RestartPolicy(RestartMode.Always, 0),
            "unless-stopped" => new RestartPolicy(RestartMode.UnlessStopped, 0),
            _ when text.StartsWith($"{OnFailure}:", StringComparison.Ordinal)
                && int.TryParse(text[(OnFailure.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var most)
                && most <= RestartPolicy.MostRestarts => new RestartPolicy(RestartMode.OnFailure, most),
            _ => null,
        };
        if (policy is not null)
            return policy;
        result.AddError(
            $"{option} is '{text}'; no, on-failure, on-failure:N, always or unless-stopped is expected (N from 0, for no limit, "
            + $"to {RestartPolicy.MostRestarts}).");
        return RestartPolicy.No;
    };

    /// <summary>Lets a shell complete these words and no others, such as the names of an enum.</summary>
    public static void Complete(Option option, params string[] words)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
    }

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0")
            return true;
        var match = DurationPattern().Match(text);
        if (!match.Success)
            return false;
        var ticks = 0m;
        for (var i = 0; i < match.Groups["unit"].Captures.Count; i++)
        {
            var unit = match.Groups["unit"].Captures[i].Value switch
            {
                "ms" => TimeSpan.TicksPerMillisecond,
                "s" => TimeSpan.TicksPerSecond,
                "m" => TimeSpan.TicksPerMinute,
                _ => TimeSpan.TicksPerHour,
            };
            ticks += unit * decimal.Parse(match.Groups["number"].Captures[i].Value, CultureInfo.InvariantCulture);
        }

        if (ticks > long.MaxValue)
            return false;
        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    [GeneratedRegex(@"^(?:(?<number>[0-9]{1,9}(?:\.[0-9]{1,9})?)(?<unit>ms|s|m|h))+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();

    private static string NoUuid(string option, string value) =>
        $"{option} is '{value}'; a UUID such as 4f7b1c9e-6a52-4d0b-9c1e-2f6a8d3b5e70 is expected.";
}
