using System.Text.RegularExpressions;
using YamlDotNet.Core.Events;
using Node = NovaDocker.UserData.Documents.UserDataNode;

namespace NovaDocker.UserData.Documents;

/// <summary>
/// The tags of YAML's core schema, which say what a value is: <c>!!str 012</c> is a text as if it stood in quotes,
/// <c>!!int "12"</c> a number as if it did not. Any other tag asks for something to be made of the value, and nothing is.
/// </summary>
internal static partial class YamlTags
{
    private const string YamlPrefix = "tag:yaml.org,2002:";
    private const string Text = "str";

    /// <summary>The scalar, with quotes or without as its tag says.</summary>
    public static Node.Scalar Apply(Scalar scalar, Mark mark, TreeBuilder builder)
    {
        var isPlain = scalar.Style == YamlDotNet.Core.ScalarStyle.Plain;
        if (scalar.Tag.IsEmpty)
            return new Node.Scalar(mark, scalar.Value, isPlain);

        var tag = NameOf(scalar);
        var fits = tag switch
        {
            Text => true,
            "null" => NullForm().IsMatch(scalar.Value),
            "bool" => BoolForm().IsMatch(scalar.Value),
            "int" => IntForm().IsMatch(scalar.Value),
            "float" => FloatForm().IsMatch(scalar.Value),
            _ => false,
        };
        if (!fits)
            Refuse(scalar, tag, $"the text '{Shown.Piece(scalar.Value)}'", mark, builder);
        return new Node.Scalar(mark, scalar.Value, tag is null ? isPlain : tag != Text);
    }

    /// <summary>Adds a fault where a list or a mapping has a tag other than its own.</summary>
    /// <param name="node">The list or mapping.</param>
    /// <param name="mark">Where it begins.</param>
    /// <param name="builder">Where the fault goes.</param>
    public static void Check(NodeEvent node, Mark mark, TreeBuilder builder)
    {
        if (node.Tag.IsEmpty)
            return;

        var tag = NameOf(node);
        var (own, found) = node is SequenceStart ? ("seq", "a list") : ("map", "a mapping");
        if (tag != own)
            Refuse(node, tag, found, mark, builder);
    }

    private static void Refuse(NodeEvent node, string? tag, string found, Mark mark, TreeBuilder builder) => builder.Fault(
        mark,
        tag is null
            ? $"has the tag {Shown.Piece(Written(node))}, which is not supported; "
                + "only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map are"
            : $"has the tag !!{tag}, which does not go with {found}");

    /// <summary>The name of a tag of the core schema; null of any other.</summary>
    private static string? NameOf(NodeEvent node) =>
        Written(node) is ['!', '!', .. var name] && name is Text or "int" or "float" or "bool" or "null" or "seq" or "map"
            ? name
            : null;

    /// <summary>The tag as one writes it, with <c>!!</c> for the schemas of YAML itself.</summary>
    private static string Written(NodeEvent node)
    {
        var tag = node.Tag.Value;
        return tag.StartsWith(YamlPrefix, StringComparison.Ordinal) ? "!!" + tag[YamlPrefix.Length..] : tag;
    }

    [GeneratedRegex(@"^(null|Null|NULL|~)?\z")]
    private static partial Regex NullForm();

    [GeneratedRegex(@"^(true|True|TRUE|false|False|FALSE)\z")]
    private static partial Regex BoolForm();

    [GeneratedRegex(@"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z")]
    private static partial Regex IntForm();

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN)\z")]
    private static partial Regex FloatForm();
}
