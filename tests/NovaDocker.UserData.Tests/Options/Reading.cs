using NovaDocker.Domain.Options;
using NovaDocker.UserData.Options;

namespace NovaDocker.UserData.Tests.Options;

/// <summary>Reads documents for tests, and shows what came of them.</summary>
internal static class Reading
{
    /// <summary>Translates a document in <see cref="Flow"/>.</summary>
    public static OptionTranslation Of(string document) => OptionTranslator.Translate(Flow.Document(document));

    /// <summary>All options of a document that has no faults, a line each, <c>name = value</c>.</summary>
    public static string[] Options(string document)
    {
        var translation = Of(document);
        Assert.Equal([], translation.Faults.Select(fault => fault.ToString()));
        return [.. translation.Asked.Values.Select(asked => $"{asked.Option} = {Shown(asked.Value)}")];
    }

    /// <summary>The faults of a document.</summary>
    public static string[] Faults(string document) => [.. Of(document).Faults.Select(fault => fault.ToString())];

    /// <summary>A value in one line; words and pairs are put apart by a vertical bar.</summary>
    public static string Shown(OptionValue value) => value switch
    {
        OptionValue.Text text => text.Value,
        OptionValue.Number number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        OptionValue.Switch on => on.Value ? "on" : "off",
        OptionValue.Words words => string.Join('|', words.Values),
        OptionValue.Pairs pairs => string.Join('|', pairs.Values.Select(pair => $"{pair.Key}={pair.Value}")),
        OptionValue.Restart restart => restart.Value.ToString(),
        OptionValue.Check { Value: var check } => string.Join(
            '|', [.. check.Command, $"{check.Interval.TotalSeconds}s", $"{check.Timeout.TotalSeconds}s", $"{check.StartPeriod.TotalSeconds}s", $"x{check.Retries}"]),
        _ => throw new ArgumentException($"{value} has no place in user data"),
    };
}
