namespace NovaDocker.UserData.Documents;

/// <summary>Pieces of a document as messages show them: on one line, and short.</summary>
internal static class Shown
{
    /// <summary>How many UTF-16 units of a piece are shown.</summary>
    public const int MaxLength = 64;

    /// <summary>The piece, with an ellipsis where it goes on.</summary>
    /// <param name="text">The piece in full.</param>
    /// <param name="maxLength">How much of it is shown.</param>
    public static string Piece(string text, int maxLength = MaxLength)
    {
        var length = Math.Min(text.Length, maxLength);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            length--;
        var piece = text[..length];
        if (piece.Any(char.IsControl))
            piece = string.Concat(piece.Select(unit => char.IsControl(unit) ? ' ' : unit));
        return length < text.Length ? piece + "…" : piece;
    }
}
