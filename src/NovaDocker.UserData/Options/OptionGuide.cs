using System.Text;
using NovaDocker.Domain.Common;

namespace NovaDocker.UserData.Options;

/// <summary>Renders <see cref="OptionTable"/> for people.</summary>
public static class OptionGuide
{
    private const string Indent = "    ";

    /// <summary>The table for the user guide, in Markdown.</summary>
    public static string Markdown()
    {
        var table = new StringBuilder();
        table.Append("| option | the Engine's keys | docker-py's keys | type | ends at | policy | what it does |\n");
        table.Append("|---|---|---|---|---|---|---|\n");
        foreach (var row in OptionTable.Rows)
        {
            table.AppendJoin(
                " | ",
                $"| {(row.Option is null ? "–" : Code(row.Option))}",
                Codes(row, Vocabulary.Engine),
                Codes(row, Vocabulary.DockerPy),
                Cell(row.Type),
                Cell(row.Target),
                string.Join(", ", row.PolicyKeys.Select(Code)),
                $"{Cell(row.Text)} |\n");
        }

        return table.ToString();
    }

    /// <summary>The table as plain text, for a terminal: a few lines for each row, none longer than asked for.</summary>
    /// <param name="width">The longest line, characters.</param>
    public static string PlainText(int width = 100)
    {
        var text = new StringBuilder();
        foreach (var row in OptionTable.Rows)
        {
            text.Append(row.Title).Append('\n');
            Wrap(text, width, $"keys: {Keys(row.Keys)}");
            Wrap(text, width, $"type: {row.Type}");
            Wrap(text, width, $"ends at: {row.Target}");
            if (!row.PolicyKeys.IsEmpty)
                Wrap(text, width, $"policy: {string.Join(", ", row.PolicyKeys)}");
            Wrap(text, width, row.Text);
        }

        return text.ToString();
    }

    private static string Keys(EquatableArray<UserDataKey> keys) => string.Join(", ", keys);

    private static string Codes(OptionRow row, Vocabulary vocabulary) =>
        string.Join(", ", row.Keys.Where(key => key.Vocabulary == vocabulary).Select(key => Code(key.ToString())));

    private static string Code(string text) => $"`{text}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static void Wrap(StringBuilder text, int width, string line)
    {
        var column = 0;
        foreach (var word in line.Split(' '))
        {
            if (column == 0 || column + 1 + word.Length > width)
            {
                text.Append(column == 0 ? Indent : $"\n{Indent}{Indent}").Append(word);
                column = (column == 0 ? Indent.Length : 2 * Indent.Length) + word.Length;
            }
            else
            {
                text.Append(' ').Append(word);
                column += 1 + word.Length;
            }
        }

        text.Append('\n');
    }
}
