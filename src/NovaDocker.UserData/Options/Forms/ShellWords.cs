using System.Text;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Splits a line into words as a POSIX shell does, without expanding anything.</summary>
internal static class ShellWords
{
    /// <summary>What a backslash within double quotes takes the meaning of; before others it stands for itself.</summary>
    private const string EscapedInQuotes = "$`\"\\\n";

    /// <summary>The words; null where the line ends within quotes or after a lone backslash, which the problem tells.</summary>
    public static IReadOnlyList<string>? Split(string line, out string? problem)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && quote != '\'')
            {
                if (++i == line.Length)
                {
                    problem = "a character is expected after the backslash at its end";
                    return null;
                }

                if (quote == '"' && !EscapedInQuotes.Contains(line[i], StringComparison.Ordinal))
                    word!.Append('\\').Append(line[i]);
                else if (line[i] != '\n')
                    (word ??= new()).Append(line[i]);
            }
            else if (quote is not null)
            {
                if (c == quote)
                    quote = null;
                else
                    word!.Append(c);
            }
            else if (c is '\'' or '"')
            {
                quote = c;
                word ??= new();
            }
            else if (c is ' ' or '\t' or '\n' or '\r')
            {
                if (word is not null)
                    words.Add(word.ToString());
                word = null;
            }
            else
            {
                (word ??= new()).Append(c);
            }
        }

        if (word is not null)
            words.Add(word.ToString());
        problem = quote is null ? null : $"the {(quote == '"' ? "double" : "single")} quote that opens in it has to be closed";
        return problem is null ? words : null;
    }
}
