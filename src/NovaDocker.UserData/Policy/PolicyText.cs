using System.Globalization;
using System.Text;

namespace NovaDocker.UserData.Policy;

/// <summary>How sentences on the policy show what was asked for and what is allowed.</summary>
internal static class PolicyText
{
    private const int LongestValue = 200;

    /// <summary>A value in quotes: cut where it is long, and with nothing in it that a terminal would obey.</summary>
    public static string Quoted(string value)
    {
        var text = new StringBuilder("'");
        foreach (var letter in value.AsSpan(0, Math.Min(value.Length, LongestValue)))
        {
            if (IsShown(letter))
                text.Append(letter);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        }

        return text.Append(value.Length > LongestValue ? "…'" : "'").ToString();
    }

    /// <summary>What a list in the policy allows: the second half of a sentence that begins with the key.</summary>
    /// <param name="key">The key below <c>novadocker.policy</c>.</param>
    /// <param name="allowed">What the list has.</param>
    /// <param name="nothing">What it allows none of where it is empty.</param>
    public static string Allows<T>(string key, IEnumerable<T> allowed, string nothing)
        where T : notnull
    {
        var list = string.Join(", ", allowed);
        return $"{Key(key)} allows {(list.Length == 0 ? nothing : list)}.";
    }

    /// <summary>The sentence on a switch that is off.</summary>
    public static string IsOff(string key) => $"{Key(key)} is off.";

    /// <summary>The whole key.</summary>
    public static string Key(string key) => $"novadocker.policy.{key}";

    /// <summary>Letters that turn the direction of writing, and halves of characters, are not shown either.</summary>
    private static bool IsShown(char letter) => char.GetUnicodeCategory(letter) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
