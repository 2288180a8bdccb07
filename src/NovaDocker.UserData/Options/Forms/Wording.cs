using System.Globalization;
using System.Text;
using NovaDocker.Domain.Common;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>
/// Words of a document as they may stand in a message: short, on one line, and unable to play tricks on a terminal.
/// </summary>
internal static class Wording
{
    /// <summary>The most of a text that is shown, characters.</summary>
    public const int Longest = 80;

    /// <summary>Beyond this many characters nobody misspelled a key.</summary>
    private const int LongestKey = 40;

    /// <summary>The text in quotes, shortened, with everything escaped that does not show.</summary>
    public static string Quoted(string text) => $"'{Shown(text)}'";

    /// <summary>A key as it stands in a path.</summary>
    public static string InPath(string key) => key.Length == 0 ? "''" : Shown(key);

    /// <summary>What was found, in words.</summary>
    public static string Found(UserDataNode node) => node switch
    {
        UserDataNode.Scalar { IsNull: true } => "null",
        UserDataNode.Scalar scalar => Quoted(scalar.Text),
        UserDataNode.Sequence => "a list",
        _ => "a mapping",
    };

    /// <summary>What to say of a key for which a near one is known; null where none is near.</summary>
    public static string? Unknown(string name, IEnumerable<string> known)
    {
        // The distance is at least the difference in length: what lies beyond Spelling's bound need not be measured.
        var bound = Math.Max(2, name.Length / 3);
        var candidates = known.Where(key => Math.Abs(key.Length - name.Length) <= bound).ToList();
        if (candidates.Find(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } otherCase)
            return $"is not a known key; '{otherCase}' is: small letters and capitals differ.";
        return name.Length <= LongestKey && Spelling.Nearest(name, candidates) is { } near
            ? $"is not a known key; did you mean '{near}'?"
            : null;
    }

    private static string Shown(string text)
    {
        var shown = new StringBuilder();
        var rest = Longest;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rest-- == 0)
                return shown.Append('…').ToString();
            _ = Hides(rune) ? shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}") : shown.Append(rune.ToString());
        }

        return shown.ToString();
    }

    private static bool Hides(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
