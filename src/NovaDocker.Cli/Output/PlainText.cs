using System.Text;

namespace NovaDocker.Cli.Output;

/// <summary>Text that others wrote, made fit for a table: nothing in it moves a terminal's cursor or breaks a row.</summary>
internal static class PlainText
{
    /// <summary>One line: every control character is written out.</summary>
    public static string Line(string text) => Written(text, keepsLines: false);

    /// <summary>Its lines, without those at the end that are empty; every other control character is written out.</summary>
    public static string Lines(string text) =>
        Written(text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n'), keepsLines: true);

    private static string Written(string text, bool keepsLines)
    {
        if (!text.Any(char.IsControl))
            return text;
        var written = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' when keepsLines => written.Append(c),
                '\n' => written.Append("\\n"),
                '\r' => written.Append("\\r"),
                '\t' => written.Append("\\t"),
                _ when char.IsControl(c) => written.Append("\\x").Append(((int)c).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)),
                _ => written.Append(c),
            };
        }

        return written.ToString();
    }
}
