using System.Text;
using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Documents;

/// <summary>
/// Recognizes what is meant for cloud-init in the guest. It goes by the beginning, as cloud-init does
/// (<c>handlers.type_from_starts_with</c>, <c>user_data.convert_string</c>): white space before it and the case of letters do
/// not matter. Unlike cloud-init, a marker must end where a word ends, so that <c>#included: see below</c> stays a comment.
/// </summary>
internal static class GuestData
{
    /// <summary>How far into the data cloud-init looks for the header that makes a MIME message.</summary>
    public const int MimeHeaderBytes = 4096;

    /// <summary>What a script and every marker begin with.</summary>
    private const byte Hash = (byte)'#';

    /// <summary>The markers behind <c>#</c>.</summary>
    private static readonly (string Marker, UserDataKind Kind)[] Markers =
    [
        ("cloud-config", UserDataKind.CloudConfig),
        ("cloud-config-archive", UserDataKind.OtherGuestData),
        ("cloud-config-jsonp", UserDataKind.OtherGuestData),
        ("include", UserDataKind.Include),
        ("include-once", UserDataKind.Include),
        ("cloud-boothook", UserDataKind.OtherGuestData),
        ("part-handler", UserDataKind.OtherGuestData),
        ("upstart-job", UserDataKind.OtherGuestData),
    ];

    /// <summary>What kind of guest data these are; null where they are none.</summary>
    public static UserDataKind? Recognize(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            return UserDataKind.Gzip;

        var start = content.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
            return null;
        if (start[0] != Hash)
            return IsMime(start) ? UserDataKind.Mime : null;

        var marker = start[1..];
        if (marker.StartsWith("!"u8))
            return UserDataKind.Script;
        if (IsTemplate(marker))
            return UserDataKind.OtherGuestData;

        var word = marker[..WordLength(marker)];
        foreach (var (known, kind) in Markers)
        {
            if (Ascii.EqualsIgnoreCase(word, known))
                return kind;
        }

        return null;
    }

    /// <summary><c>## template: jinja</c>.</summary>
    private static bool IsTemplate(ReadOnlySpan<byte> behindHash)
    {
        if (!behindHash.StartsWith("#"u8))
            return false;

        var rest = behindHash[1..].TrimStart(" \t"u8);
        return TryTake(ref rest, "template:"u8) && TryTake(ref rest, "jinja"u8);
    }

    /// <summary>
    /// Headers, the first of which may be an mbox's <c>From </c> line, with one among them that makes a message. They end with
    /// the first line that is none.
    /// </summary>
    private static bool IsMime(ReadOnlySpan<byte> start)
    {
        var rest = start[..Math.Min(start.Length, MimeHeaderBytes)];
        for (var isFirst = true; !rest.IsEmpty; isFirst = false)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
            rest = end < 0 ? [] : rest[(end + 1)..];

            var value = line;
            if (TryTake(ref value, "MIME-Version:"u8))
                return true;
            if (TryTake(ref value, "Content-Type:"u8) && TryTake(ref value, "multipart/"u8))
                return true;
            if (!IsHeader(line) && !(isFirst && line.StartsWith("From "u8)))
                return false;
        }

        return false;
    }

    /// <summary>A header, or the continuation of one, which begins with white space.</summary>
    private static bool IsHeader(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
            return false;
        return line[0] is (byte)' ' or (byte)'\t' || line[WordLength(line)..].StartsWith(":"u8);
    }

    private static int WordLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit((char)text[length]) || text[length] is (byte)'-' or (byte)'_'))
            length++;
        return length;
    }

    /// <summary>Takes a word, in whatever case, and the blanks behind it off the beginning.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (text.Length < word.Length || !Ascii.EqualsIgnoreCase(text[..word.Length], word))
            return false;

        text = text[word.Length..].TrimStart(" \t"u8);
        return true;
    }
}
