using System.Text;

namespace NovaDocker.Cli.UserData;

/// <summary>The guide to the options: in Markdown for the user guide, and as text for a terminal.</summary>
internal static class OptionGuideText
{
    private const string Indent = "    ";

    /// <summary>A table in Markdown, without a line end at its end.</summary>
    public static string Markdown(IEnumerable<OptionGuideRow> rows)
    {
        var table = new StringBuilder("| option | keys | type | ends at | policy | |\n|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            table.Append(
                $"\n| {Code(row.Option)} | {Codes(row.Keys)} | {Cell(row.Type)} | {Cell(row.Target)} | {Codes(row.PolicyKeys)} | {Cell(row.Documentation)} |");
        }

        return table.ToString();
    }

    /// <summary>A few lines for each option, none longer than the width.</summary>
    public static string Plain(IEnumerable<OptionGuideRow> rows, int width)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(row.Option).Append('\n');
            Fold(text, width, $"{row.Documentation}");
            Fold(text, width, $"keys: {string.Join(", ", row.Keys)}");
            Fold(text, width, $"type: {row.Type}; ends at {row.Target}");
            if (row.PolicyKeys.Count > 0)
                Fold(text, width, $"policy: {string.Join(", ", row.PolicyKeys)}");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void Fold(StringBuilder text, int width, string line)
    {
        var indent = Indent;
        var column = 0;
        foreach (var word in line.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > width)
            {
                text.Append('\n');
                indent = Indent + Indent;
                column = 0;
            }

            text.Append(column == 0 ? indent : " ").Append(word);
            column += (column == 0 ? indent.Length : 1) + word.Length;
        }

        text.Append('\n');
    }

    private static string Codes(IEnumerable<string> words) => string.Join(", ", words.Select(Code));

    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
