using System.Text;
using System.Text.Json;
using static NovaDocker.UserData.Documents.UserDataNode;

namespace NovaDocker.UserData.Documents;

/// <summary>Reads strict JSON: no comments, no comma behind the last element. Numbers keep their text.</summary>
internal static class JsonTree
{
    private const byte Quote = (byte)'"';
    private const byte Backslash = (byte)'\\';

    /// <summary>A string ends at the end of its line at the latest.</summary>
    private const byte FirstPrintable = (byte)' ';

    /// <summary>How much of the reader's reason is shown: it repeats a wrong literal, however long.</summary>
    private const int MaxReason = 160;

    /// <summary>
    /// One level more than the builder takes, so that it is the builder that says what is wrong. The reader itself holds a bit
    /// for each level, and does not recurse.
    /// </summary>
    private static readonly JsonReaderOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
        MaxDepth = TreeBuilder.MaxDepth + 1,
    };

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The document, in valid UTF-8.</param>
    /// <param name="text">The same as text, for lines and columns.</param>
    public static TreeReading Read(ReadOnlySpan<byte> bytes, string text)
    {
        var faults = new FaultList();
        var builder = new TreeBuilder(faults);
        var places = new Places(text);
        var reader = new Utf8JsonReader(bytes, Options);
        var position = (Byte: 0, Unit: 0);
        try
        {
            while (!builder.IsStopped && reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                position = (start, position.Unit + Encoding.UTF8.GetCharCount(bytes[position.Byte..start]));
                Take(ref reader, places.At(position.Unit), builder);
            }
        }
        catch (JsonException exception)
        {
            var open = OpenString(bytes, (int)reader.BytesConsumed);
            var offset = open ?? OffsetOf(exception, bytes);
            var reason = open is null ? Reason(exception.Message) : "the quotation mark that stands here is never closed";
            faults.Add(places.At(Encoding.UTF8.GetCharCount(bytes[..offset])), string.Empty, "cannot be read as JSON: " + reason);
            return new TreeReading(null, faults.ToImmutable(), false);
        }

        return new TreeReading(builder.Root, faults.ToImmutable(), true);
    }

    private static void Take(ref Utf8JsonReader reader, Mark mark, TreeBuilder builder)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                builder.Begin(reader.TokenType == JsonTokenType.StartObject, mark);
                break;
            case JsonTokenType.EndObject:
            case JsonTokenType.EndArray:
                builder.End();
                break;
            case JsonTokenType.PropertyName:
            case JsonTokenType.String:
                builder.Add(new Scalar(mark, TextOf(ref reader, mark, builder), false));
                break;
            default:
                builder.Add(new Scalar(mark, Encoding.UTF8.GetString(reader.ValueSpan), true));
                break;
        }
    }

    /// <summary>The text of a string. JSON's grammar lets half a surrogate pair through, which is no character.</summary>
    private static string TextOf(ref Utf8JsonReader reader, Mark mark, TreeBuilder builder)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            var written = Encoding.UTF8.GetString(reader.ValueSpan);
            builder.Fault(mark, $"has half a surrogate pair in \"{Shown.Piece(written)}\"; a character beyond U+FFFF takes two '\\u'");
            return written;
        }
    }

    /// <summary>
    /// The quotation mark that has no counterpart, where that is what follows the last token. The reader would point at the end.
    /// </summary>
    private static int? OpenString(ReadOnlySpan<byte> bytes, int behindLastToken)
    {
        var start = bytes.Length - bytes[behindLastToken..].TrimStart(" \t\r\n:,"u8).Length;
        if (start == bytes.Length || bytes[start] != Quote)
            return null;

        for (var i = start + 1; i < bytes.Length && bytes[i] >= FirstPrintable; i++)
        {
            if (bytes[i] == Quote)
                return null;
            if (bytes[i] == Backslash)
                i++;
        }

        return start;
    }

    /// <summary>Where the reader stopped; it counts lines by LF and, in a line, bytes.</summary>
    private static int OffsetOf(JsonException exception, ReadOnlySpan<byte> bytes)
    {
        var offset = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
            offset += bytes[offset..].IndexOf((byte)'\n') + 1;
        return (int)Math.Min(offset + (exception.BytePositionInLine ?? 0), bytes.Length);
    }

    /// <summary>The reader's own reason without the place, which comes in front, and without its advice on its settings.</summary>
    private static string Reason(string message)
    {
        var reason = message;
        foreach (var end in (string[])[" LineNumber:", " Change the reader options"])
        {
            if (reason.IndexOf(end, StringComparison.Ordinal) is > 0 and var cut)
                reason = reason[..cut];
        }

        reason = Shown.Piece(reason.TrimEnd('.', ' '), MaxReason);
        return reason.StartsWith("The JSON ", StringComparison.Ordinal) ? "the " + reason["The JSON ".Length..] : Lower(reason);
    }

    private static string Lower(string reason) => reason.Length == 0 ? reason : char.ToLowerInvariant(reason[0]) + reason[1..];
}
