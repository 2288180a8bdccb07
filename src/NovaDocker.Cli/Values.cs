using System.CommandLine.Parsing;
using System.Globalization;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Cli;

/// <summary>Reads the values of options; what cannot be read is an error with option, value and what would be right.</summary>
internal static class Values
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

    private static string NoUuid(string option, string value) =>
        $"{option} is '{value}'; a UUID such as 4f7b1c9e-6a52-4d0b-9c1e-2f6a8d3b5e70 is expected.";
}
