namespace NovaDocker.UserData.Documents;

/// <summary>What YamlDotNet would read wrongly without a word, found before it sees the text.</summary>
internal static class YamlPitfalls
{
    /// <summary>
    /// How far a line can be indented. Where an indented text (<c>|1</c>) begins with more than about a thousand spaces, the
    /// scanner looks further ahead than its buffer reaches, and texts come out of it that stand nowhere; this is well below.
    /// </summary>
    public const int MaxIndentation = 512;

    /// <summary>The first pitfall, as a position and what is wrong there; null where there is none.</summary>
    public static (int Position, string Problem)? Find(string text)
    {
        var lineStart = 0;
        while (lineStart < text.Length)
        {
            var length = text.AsSpan(lineStart).IndexOfAny(LineBreaks);
            var line = length < 0 ? text.AsSpan(lineStart) : text.AsSpan(lineStart, length);
            if (line.IndexOfAnyExcept(' ') is var indentation && (indentation < 0 ? line.Length : indentation) > MaxIndentation)
                return (lineStart, $"the line is indented by more than {MaxIndentation} spaces");
            if (IsUnknownDirective(line))
                return (lineStart, "a line that begins with '%' is a directive, and this one is unknown; put such text in quotes");
            lineStart += length < 0 ? line.Length : length + 1;
        }

        return null;
    }

    /// <summary>
    /// What cannot be in a text without quotes, and is when the scanner went too far: it takes <c>sock *: x</c>, in which a word
    /// of the key begins with an asterisk, for one text.
    /// </summary>
    /// <param name="plain">A text that stood without quotes.</param>
    /// <returns>What is wrong with it, as the rest of a sentence; null where nothing is.</returns>
    public static string? FindInPlain(string plain)
    {
        if (plain.Length == 0)
            return null;
        if (plain[^1] == ':' || plain.Contains(": ", StringComparison.Ordinal))
            return $"has a ':' that ends a key in '{Shown.Piece(plain)}'; a text, or a key, that looks so goes in quotes";
        return ForbiddenAtStart.Contains(plain[0], StringComparison.Ordinal)
            ? $"has the text '{Shown.Piece(plain)}', which begins with '{plain[0]}' and therefore goes in quotes"
            : null;
    }

    /// <summary>With what YAML begins something else, or nothing yet.</summary>
    private const string ForbiddenAtStart = " \t@`%&*!|>'\"#,[]{}";

    /// <summary>Where a line ends for YAML 1.1, and so for the scanner.</summary>
    private const string LineBreaks = "\n\r\u2028\u2029";

    /// <summary>
    /// The scanner skips any line that begins with an unknown directive, in the middle of a mapping, too.
    /// </summary>
    private static bool IsUnknownDirective(ReadOnlySpan<char> line) =>
        line is ['%', ..] && !IsDirective(line[1..], "YAML") && !IsDirective(line[1..], "TAG");

    private static bool IsDirective(ReadOnlySpan<char> rest, string name) =>
        rest.StartsWith(name, StringComparison.Ordinal) && rest[name.Length..] is [' ' or '\t', ..];
}
