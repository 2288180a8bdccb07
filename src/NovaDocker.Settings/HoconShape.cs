namespace NovaDocker.Settings;

/// <summary>
/// Whether braces, brackets and quotes of a HOCON text come in pairs. The parser guesses at a text in which they do not,
/// and drops what does not fit the guess; a node must not run on half a configuration.
/// </summary>
internal static class HoconShape
{
    private const string TripleQuote = "\"\"\"";

    /// <summary>What is wrong, with the line; null where nothing is.</summary>
    public static string? Problem(string text)
    {
        var open = new Stack<(char Bracket, int Line)>();
        var line = 1;
        for (var i = 0; i < text.Length; i++)
        {
            var rest = text.AsSpan(i);
            switch (text[i])
            {
                case '\n':
                    line++;
                    break;
                case '#':
                case '/' when rest.StartsWith("//", StringComparison.Ordinal):
                    i += LengthOfLine(rest) - 1;
                    break;
                case '"':
                    var length = rest.StartsWith(TripleQuote, StringComparison.Ordinal) ? LengthOfTripleQuoted(rest) : LengthOfQuoted(rest);
                    if (length == 0)
                        return $"line {line}: a quote that begins there does not end.";
                    line += rest[..length].Count('\n');
                    i += length - 1;
                    break;
                case '{' or '[':
                    open.Push((text[i], line));
                    break;
                case '}' or ']' when open.Count == 0 || open.Peek().Bracket != Opening(text[i]):
                    return $"line {line}: '{text[i]}' closes nothing that is open.";
                case '}' or ']':
                    open.Pop();
                    break;
            }
        }

        return open.Count == 0 ? null : $"line {open.Peek().Line}: the '{open.Peek().Bracket}' there is never closed.";
    }

    private static char Opening(char closing) => closing == '}' ? '{' : '[';

    private static int LengthOfLine(ReadOnlySpan<char> text) => text.IndexOf('\n') is >= 0 and var end ? end : text.Length;

    private static int LengthOfTripleQuoted(ReadOnlySpan<char> text) =>
        text[TripleQuote.Length..].IndexOf(TripleQuote) is >= 0 and var end ? end + (2 * TripleQuote.Length) : 0;

    /// <summary>Both quotes included; 0 where the line ends first.</summary>
    private static int LengthOfQuoted(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == '"')
                return i + 1;
            if (text[i] == '\\')
                i++;
        }

        return 0;
    }
}
