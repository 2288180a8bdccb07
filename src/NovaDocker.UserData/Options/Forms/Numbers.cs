using System.Globalization;
using System.Text.RegularExpressions;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Numbers, sizes and times as users write them.</summary>
internal static partial class Numbers
{
    private const long NanosecondsPerTick = 100;

    /// <summary>
    /// True of a whole decimal number. One with a leading zero is none: YAML, JSON and people differ over which number it is.
    /// </summary>
    public static bool IsWhole(string text, out long number)
    {
        number = 0;
        return WholePattern().IsMatch(text)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The number of a text that <see cref="IsWhole"/>.</summary>
    public static long Whole(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>The number as text.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Bytes: <c>1048576</c>, <c>64k</c>, <c>512m</c>, <c>1.5g</c>, in units of 1024; null for anything else.</summary>
    public static long? Size(string text)
    {
        var match = SizePattern().Match(text);
        if (!match.Success)
            return null;
        var number = Fraction(match.Groups["number"].Value);
        var unit = match.Groups["unit"].Value;
        var power = unit.Length == 0 ? 0 : "bkmgt".IndexOf(char.ToLowerInvariant(unit[0]), StringComparison.Ordinal);
        return power == 0 && number != decimal.Floor(number) ? null : Bounded(number, 1L << (10 * power));
    }

    /// <summary>A time: nanoseconds, as the Engine takes it, or <c>1m30s</c>; null for anything else.</summary>
    public static TimeSpan? Time(string text)
    {
        if (IsWhole(text, out var nanoseconds))
            return nanoseconds < 0 ? null : TimeSpan.FromTicks(nanoseconds / NanosecondsPerTick);
        var match = TimePattern().Match(text);
        if (!match.Success)
            return null;
        var ticks = 0L;
        for (var part = 0; part < match.Groups["number"].Captures.Count; part++)
        {
            var number = Fraction(match.Groups["number"].Captures[part].Value);
            if (Bounded(number, TicksPer(match.Groups["unit"].Captures[part].Value)) is not { } more || more > long.MaxValue - ticks)
                return null;
            ticks += more;
        }

        return TimeSpan.FromTicks(ticks);
    }

    /// <summary>A number that a pattern has let pass, so short that it fits.</summary>
    private static decimal Fraction(string text) =>
        decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static long? Bounded(decimal number, long factor) =>
        number > long.MaxValue / factor ? null : (long)(number * factor);

    private static long TicksPer(string unit) => unit switch
    {
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        _ => TimeSpan.TicksPerMicrosecond,
    };

    [GeneratedRegex(@"\A(0|-?[1-9][0-9]{0,18})\z")]
    private static partial Regex WholePattern();

    [GeneratedRegex(@"\A(?<number>(0|[1-9][0-9]{0,18})(\.[0-9]{1,9})?)(?<unit>b|[kmgt](i?b)?)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"\A((?<number>[0-9]{1,12}(\.[0-9]{1,9})?)(?<unit>h|ms|us|µs|m|s)){1,8}\z")]
    private static partial Regex TimePattern();
}
