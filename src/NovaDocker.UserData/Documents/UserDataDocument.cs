using System.Collections.Immutable;
using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Documents;

/// <summary>
/// User data, read as far as they can be without knowing a single option: what kind they are, and the tree of keys and values
/// where they hold container options.
/// </summary>
/// <param name="Kind">What they are. What cannot be read is taken for container options, since nobody else could read it.</param>
/// <param name="Root">
/// The tree; null where there is none: guest data, a document without content, or one that has faults.
/// </param>
/// <param name="Faults">What cannot be taken, in the order it was come upon.</param>
public sealed record UserDataDocument(
    UserDataKind Kind,
    UserDataNode.Mapping? Root,
    ImmutableArray<UserDataFault> Faults)
{
    /// <summary>What Nova takes at most, counted as the bytes come: base64 where they are base64.</summary>
    public const int MaxBytes = 65_535;

    private const byte OpeningBrace = (byte)'{';
    private const byte Quote = (byte)'"';

    /// <summary>Reads user data. Whatever the bytes are, they lead to a document or to faults, and never to an exception.</summary>
    /// <param name="bytes">As Nova stores them: base64 or plain.</param>
    public static UserDataDocument Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return Refused(new UserDataFault(
                null,
                string.Empty,
                $"the user data have {bytes.Length} bytes; at most {MaxBytes} are possible"));
        }

        var outside = UserDataText.WithoutByteOrderMark(bytes);
        var isBase64 = Base64Envelope.TryOpen(outside, out var inside);
        var content = isBase64 ? UserDataText.WithoutByteOrderMark(inside) : outside;
        if (GuestData.Recognize(content) is { } kind)
            return new UserDataDocument(kind, null, []);

        if (!UserDataText.TryDecode(content, out var text, out var fault))
            return Refused(isBase64 ? Base64Envelope.Explain(fault) : fault);

        var reading = Compose(content, text);
        return reading.Faults.IsEmpty ? Rooted(reading.Root) : Refused([.. reading.Faults]);
    }

    /// <summary>
    /// A document that begins with a brace may be JSON, or YAML in flow style. JSON goes first and by its own reader: YAML knows
    /// neither a tab for indentation nor a key beyond 1,024 characters. What is not JSON is read as YAML, which also forgives
    /// what people add to JSON: a comma behind the last element, a comment behind <c>#</c>, a key without quotes.
    /// </summary>
    private static TreeReading Compose(ReadOnlySpan<byte> content, string text)
    {
        var start = content.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty || start[0] != OpeningBrace)
            return YamlTree.Read(text);

        var json = JsonTree.Read(content, text);
        if (json.IsWellFormed)
            return json;

        // Whoever put the first key in double quotes means JSON, and JSON's fault points at the very character; YAML's would
        // talk of a grammar that the author did not have in mind. Without quotes it is YAML's the author had.
        var yaml = YamlTree.Read(text);
        var inside = start[1..].TrimStart(" \t\r\n"u8);
        return !yaml.IsWellFormed && !inside.IsEmpty && inside[0] == Quote ? json : yaml;
    }

    private static UserDataDocument Rooted(UserDataNode? root) => root switch
    {
        UserDataNode.Mapping mapping => new UserDataDocument(UserDataKind.ContainerOptions, mapping, []),
        null or UserDataNode.Scalar { IsNull: true } => new UserDataDocument(UserDataKind.ContainerOptions, null, []),
        _ => Refused(new UserDataFault(
            root.Mark,
            string.Empty,
            $"a mapping of options is expected, such as 'user: nobody'; found {TreeBuilder.KindOf(root)}")),
    };

    private static UserDataDocument Refused(params ImmutableArray<UserDataFault> faults) =>
        new(UserDataKind.ContainerOptions, null, faults);
}
