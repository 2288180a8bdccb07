namespace NovaDocker.UserData.Documents;

/// <summary>
/// Turns positions in a text into lines and columns as an editor counts them: a line ends with LF, CR LF or CR, and a column is
/// a character, however many UTF-16 units it takes.
/// </summary>
internal sealed class Places
{
    private readonly int _length;
    private readonly int[] _lineStarts;

    /// <summary>Where a character has its second unit.</summary>
    private readonly int[] _lowSurrogates;

    /// <summary>Looks the text over once.</summary>
    public Places(string text)
    {
        _length = text.Length;
        List<int> lineStarts = [0];
        List<int> lowSurrogates = [];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')))
                lineStarts.Add(i + 1);
            else if (char.IsLowSurrogate(text[i]))
                lowSurrogates.Add(i);
        }

        _lineStarts = [.. lineStarts];
        _lowSurrogates = [.. lowSurrogates];
    }

    /// <summary>The place of a position; one beyond the end counts as the end.</summary>
    /// <param name="position">In UTF-16 units from the beginning.</param>
    public Mark At(long position)
    {
        var index = (int)Math.Clamp(position, 0, _length);
        var line = Array.BinarySearch(_lineStarts, index);
        if (line < 0)
            line = ~line - 1;
        var start = _lineStarts[line];
        return new Mark(line + 1, index - start - (LowSurrogatesBefore(index) - LowSurrogatesBefore(start)) + 1);
    }

    private int LowSurrogatesBefore(int index)
    {
        var found = Array.BinarySearch(_lowSurrogates, index);
        return found < 0 ? ~found : found;
    }
}
