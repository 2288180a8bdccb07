using System.Text;
using System.Text.Json;
using CsCheck;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Tests.Documents;

/// <summary>Random trees, and three ways of writing them down.</summary>
internal static class RandomTree
{
    private const int Depth = 6;

    /// <summary>Texts in quotes: whatever a document can hold, with what YAML and JSON take for something else among it.</summary>
    public static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.OneOfConst(
            "", " ", "yes", "012", "1.10", "~", "null", "- a", "a: b", "a:", "# c", "a #b", "*x", "&x", "!x", "%x", "@x", "`x`",
            "it's", "\"q\"", "\\n", "a\nb", "a\n\n b\n", "\ttab\t", " x ", "{a}", "[b]", ",", "?", "---", "...", "<<", "é😀\u2028", "/a/b:/c"),
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.String[Gen.OneOfConst('a', ' ', ':', '#', '\n', '\t', '"', '\'', '\\', '-', '{', 'é', '\u3042'), 0, 10]);

    /// <summary>Texts that stand without quotes and mean themselves in block and flow style.</summary>
    private static readonly Gen<string> PlainText = Gen.OneOf(
        Gen.OneOfConst("yes", "012", "1.10", "~", "null", "true", "-1", "1e3", "0x1F", "a b", "http://x/y", "22/tcp", "/a:/b:ro", "-x", "a#b", "é日"),
        Gen.String[Gen.Char['a', 'z'], 1, 8]);

    /// <summary>Values of JSON that are no strings.</summary>
    private static readonly Gen<string> JsonLiteral = Gen.OneOf(
        Gen.OneOfConst("true", "false", "null", "0", "-1", "1.10", "1e3"),
        Gen.Long.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static readonly Mark Nowhere = new(0, 0);

    /// <summary>Trees that YAML can say: scalars with quotes and without.</summary>
    public static readonly Gen<UserDataNode.Mapping> Yaml = Mappings(
        Depth,
        Gen.OneOf(AnyText.Select(Quoted), PlainText.Select(Plain)),
        Gen.OneOf(AnyText.Where(text => text.Length > 0).Select(Quoted), PlainText.Where(text => text is not ("~" or "null")).Select(Plain)));

    /// <summary>Trees that JSON can say.</summary>
    public static readonly Gen<UserDataNode.Mapping> Json = Mappings(
        Depth,
        Gen.OneOf(AnyText.Select(Quoted), JsonLiteral.Select(Plain)),
        AnyText.Where(text => text.Length > 0).Select(Quoted));

    /// <summary>Strict JSON; indented with tabs, or on one line.</summary>
    public static string AsJson(UserDataNode node, bool indented, int level = 0)
    {
        var line = indented ? "\n" + new string('\t', level + 1) : string.Empty;
        var last = indented ? "\n" + new string('\t', level) : string.Empty;
        return node switch
        {
            UserDataNode.Scalar { IsPlain: true } plain => plain.Text,
            UserDataNode.Scalar quoted => JsonSerializer.Serialize(quoted.Text),
            UserDataNode.Sequence { Items.Count: 0 } => "[]",
            UserDataNode.Sequence list =>
                $"[{string.Join(",", list.Items.Select(item => line + AsJson(item, indented, level + 1)))}{last}]",
            UserDataNode.Mapping { Entries.Count: 0 } => "{}",
            UserDataNode.Mapping map =>
                $"{{{string.Join(",", map.Entries.Select(entry => $"{line}{AsJson(entry.Key, false)}: {AsJson(entry.Value, indented, level + 1)}"))}{last}}}",
            _ => throw new ArgumentOutOfRangeException(nameof(node)),
        };
    }

    /// <summary>YAML's flow style.</summary>
    public static string AsFlow(UserDataNode node) => node switch
    {
        UserDataNode.Scalar scalar => OnOneLine(scalar),
        UserDataNode.Sequence list => $"[{string.Join(", ", list.Items.Select(AsFlow))}]",
        UserDataNode.Mapping map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{OnOneLine(entry.Key)} : {AsFlow(entry.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary>YAML's block style, with indented texts where that is possible.</summary>
    public static string AsBlock(UserDataNode node)
    {
        var text = new StringBuilder();
        WriteBlock(text, node, 0);
        return text.ToString();
    }

    /// <summary>The same tree without its places, which a rendering does not know beforehand.</summary>
    public static string Shape(UserDataNode node) => node switch
    {
        UserDataNode.Scalar scalar => (scalar.IsPlain ? "p" : "q") + JsonSerializer.Serialize(scalar.Text),
        UserDataNode.Sequence list => $"[{string.Join(",", list.Items.Select(Shape))}]",
        UserDataNode.Mapping map => $"{{{string.Join(",", map.Entries.Select(entry => $"{Shape(entry.Key)}:{Shape(entry.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static UserDataNode.Scalar Quoted(string text) => new(Nowhere, text, false);

    private static UserDataNode.Scalar Plain(string text) => new(Nowhere, text, true);

    private static Gen<UserDataNode.Mapping> Mappings(int depth, Gen<UserDataNode.Scalar> scalars, Gen<UserDataNode.Scalar> keys)
    {
        var values = scalars.Select(scalar => (UserDataNode)scalar);
        if (depth > 1)
        {
            var inner = Mappings(depth - 1, scalars, keys).Select(map => (UserDataNode)map);
            var items = Gen.Frequency((3, values), (1, inner));
            var lists = items.Array[0, 4].Select(list => (UserDataNode)new UserDataNode.Sequence(Nowhere, list));
            values = Gen.Frequency((4, values), (1, lists), (1, inner));
        }

        return Gen.Select(keys, values, (key, value) => new UserDataEntry(key, value))
            .Array[0, 4]
            .Select(entries => new UserDataNode.Mapping(Nowhere, [.. entries.DistinctBy(entry => entry.Key.Text)]));
    }

    private static void WriteBlock(StringBuilder text, UserDataNode node, int level)
    {
        var indentation = new string(' ', level * 2);
        switch (node)
        {
            case UserDataNode.Mapping { Entries.Count: > 0 } map:
                foreach (var (key, value) in map.Entries)
                    WriteValue(text.Append(indentation).Append(OnOneLine(key)).Append(" :"), value, level);
                break;
            case UserDataNode.Sequence { Items.Count: > 0 } list:
                foreach (var item in list.Items)
                    WriteValue(text.Append(indentation).Append('-'), item, level);
                break;
            default:
                text.Append(indentation).Append(AsFlow(node)).Append('\n');
                break;
        }
    }

    private static void WriteValue(StringBuilder text, UserDataNode value, int level)
    {
        if (value is UserDataNode.Mapping { Entries.Count: > 0 } or UserDataNode.Sequence { Items.Count: > 0 })
            WriteBlock(text.Append('\n'), value, level + 1);
        else if (value is UserDataNode.Scalar { IsPlain: false } quoted && IsLines(quoted.Text))
            text.Append(" |2-\n").AppendJoin('\n', quoted.Text.Split('\n').Select(line => new string(' ', (level * 2) + 2) + line)).Append('\n');
        else
            text.Append(' ').Append(AsFlow(value)).Append('\n');
    }

    /// <summary>Lines that an indented text can hold: with something on the first and the last, for its reader wants it so.</summary>
    private static bool IsLines(string text) =>
        text.Contains('\n', StringComparison.Ordinal) && !text.Contains('\u2028', StringComparison.Ordinal)
        && text.Split('\n') is [not "", .., not ""] lines && lines.All(line => line.Length > 0 && line.Trim() == line);

    private static string OnOneLine(UserDataNode.Scalar scalar)
    {
        if (scalar.IsPlain)
            return scalar.Text;
        if (scalar.Text.All(unit => unit is >= ' ' and not '\u2028') && scalar.Text.Length % 2 == 0)
            return $"'{scalar.Text.Replace("'", "''", StringComparison.Ordinal)}'";

        var escaped = new StringBuilder("\"");
        foreach (var unit in scalar.Text)
        {
            escaped.Append(unit switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\u2028' => "\\L",
                _ => unit,
            });
        }

        return escaped.Append('"').ToString();
    }
}
