using System.Text;
using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Instances;

/// <summary>The host name that a container gets where nobody asks for another.</summary>
public static class HostName
{
    /// <summary>The longest, characters (RFC 1123).</summary>
    public const int MaxLength = 63;

    /// <summary>A host name as RFC 1123 allows it, made of the display name; the instance's id where nothing is left of it.</summary>
    public static string Of(string displayName, InstanceId id)
    {
        var text = new StringBuilder(MaxLength);
        foreach (var letter in displayName.ToLowerInvariant())
        {
            if (text.Length == MaxLength)
                break;
            if (char.IsAsciiLetterOrDigit(letter))
                text.Append(letter);
            else if (letter is '-' or '_' or ' ' or '.' && text.Length > 0)
                text.Append('-');
        }

        var hostname = text.ToString().TrimEnd('-');
        return hostname.Length > 0 ? hostname : id.ToString();
    }
}
