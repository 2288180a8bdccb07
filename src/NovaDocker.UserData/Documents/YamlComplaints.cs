using System.Collections.Frozen;
using System.Text;
using YamlDotNet.Core;

namespace NovaDocker.UserData.Documents;

/// <summary>Says in our own words what YamlDotNet found, to somebody who does not know how a scanner works.</summary>
internal static class YamlComplaints
{
    private const string Indentation =
        "a key is expected here, indented as far as the others of its mapping; a value in quotes ends with its closing quote";

    private const string ColonInText =
        "a ':' with a blank behind it makes a mapping, and none can begin here; put text that has one in quotes, "
        + "and a key on a line of its own, indented as far as its neighbours";

    private const string Escape =
        "in double quotes a '\\' begins an escape such as '\\n' or '\\u20ac', and this is none; write '\\\\', or use single quotes";

    private const string Directive = "a line that begins with '%' is a directive, and this one is not understood";

    private const string TagForm = "a '!' begins a tag, and this is none; put text that begins with '!' in quotes";

    private const string BlockText =
        "a '|' or '>' begins an indented text, with nothing else on its line; put text that begins so in quotes";

    private const string BlockIndentation = "the first lines of an indented text are indented further than the text itself";

    /// <summary>By what YamlDotNet says, without the full stop.</summary>
    private static readonly FrozenDictionary<string, string> Sentences = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["While parsing a block mapping, did not find expected key"] = Indentation,
        ["While scanning a simple key, could not find expected ':'"] = "the key that begins here has no ':' behind it",
        ["While scanning a plain scalar value, found invalid mapping"] = ColonInText,
        ["Mapping values are not allowed in this context"] = ColonInText,
        ["While scanning a multiline plain scalar, found invalid mapping"] =
            "a text of several lines cannot be a key; is the ':' missing in the line above?",
        ["Mapping keys are not allowed in this context"] = "a '?' begins a key, and none can begin here",
        ["Block sequence entries are not allowed in this context"] =
            "a '-' with a blank behind it begins an item of a list, which goes on a line of its own",
        ["While parsing a block collection, did not find expected '-' indicator"] =
            "an item of the list is expected here, with '-' in front; a list and keys cannot stand side by side",
        ["While parsing a flow sequence, did not find expected ',' or ']'"] = "',' or ']' is expected here",
        ["While parsing a flow mapping, did not find expected ',' or '}'"] = "',' or '}' is expected here",
        ["While parsing a node, did not find expected node content"] = "a value is expected here",
        ["While parsing a node, did not find expected token"] = "an alias stands for a whole value, and takes no tag and no anchor",
        ["While parsing a node, found more than one anchor"] = "a value can have one anchor",
        ["While parsing a node, found undefined tag handle"] = TagForm,
        ["Did not find expected <document end>"] = "the document is complete before this; nothing can follow it",
        ["Did not find expected <document start>"] = "nothing but '---' can stand here",
        ["Found incompatible YAML document"] = "this is of another version; YAML 1.1 and 1.2 are read",
        ["While scanning a mapping, found invalid tab as indentation"] = "a tab cannot indent; use spaces",
        ["While scanning a plain scalar, found a tab character that violate indentation"] = "a tab cannot indent; use spaces",
        ["While scanning a quoted scalar, found unexpected end of stream"] = "the quotation mark that stands here is never closed",
        ["While scanning a quoted scalar, found unexpected document indicator"] =
            "the quotation mark that stands here is not closed before '---' or '...'",
        ["While scanning a quoted scalar, found unknown escape character"] = Escape,
        ["While scanning a quoted scalar, did not find expected hexadecimal number"] = Escape,
        ["While scanning a quoted scalar, found invalid Unicode surrogates"] = Escape,
        ["While scanning a quoted scalar, found invalid Unicode character escape code"] = Escape,
        ["While scanning a multi-line double-quoted scalar, found wrong indentation"] =
            "the lines of a text in double quotes must be indented further than the key",
        ["While scanning an anchor or alias, found value containing disallowed: []{},"] =
            "a '&' or '*' begins the name of an anchor, and this is none; put text that begins so in quotes",
        ["Anchor before sequence entry on same line is not allowed"] = "an anchor of a list goes on the line above its first '-'",
        ["While scanning a block scalar, did not find expected comment or line break"] = BlockText,
        ["While scanning a block scalar, found a comment without whtespace after '>' indicator"] = BlockText,
        ["While scanning a block scalar, found an indentation indicator equal to 0"] = BlockText,
        ["While scanning a literal block scalar, found extra spaces in first line"] = BlockIndentation,
        ["While scanning a literal block scalar, found more spaces in lines above first content line"] = BlockIndentation,
        ["While scanning plain scalar, found a comment between adjacent scalars"] = "a comment ends a text, which cannot go on behind it",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The place a user should look at.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="current">Where the scanner stands.</param>
    public static long PositionOf(YamlException exception, long current)
    {
        // Some are thrown without a place. Those of an escape carry the place of the opening quote, which may be lines above.
        var hasPlace = exception.End.Index > 0;
        return !hasPlace ? current : SentenceFor(exception.Message) == Escape ? exception.End.Index : exception.Start.Index;
    }

    /// <summary>The problem, as a fault has it.</summary>
    /// <param name="message">What YamlDotNet says; empty where it does not know.</param>
    /// <param name="text">The document.</param>
    /// <param name="position">Where in it.</param>
    public static string Explain(string message, string text, long position) =>
        "cannot be read as YAML: " + (SentenceFor(message) ?? Other(message, text, position));

    private static string? SentenceFor(string message) =>
        Sentences.GetValueOrDefault(message.Replace(",  ", ", ", StringComparison.Ordinal).TrimEnd('.'));

    private static string Other(string message, string text, long position)
    {
        if (message.Contains("cannot start any token", StringComparison.Ordinal))
            return $"no text can begin with '{At(text, position)}'; put it in quotes";
        if (message.Contains("directive", StringComparison.Ordinal))
            return Directive;
        if (message.Contains(" tag", StringComparison.Ordinal))
            return TagForm;
        return message.Length == 0
            ? "what stands here, or shortly before, does not follow its grammar; quotes around texts help most often"
            : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
    }

    private static string At(string text, long position) =>
        position < text.Length && Rune.TryGetRuneAt(text, (int)position, out var rune) ? rune.ToString() : string.Empty;
}
