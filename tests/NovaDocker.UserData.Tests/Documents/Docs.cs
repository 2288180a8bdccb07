using System.Text;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Tests.Documents;

/// <summary>What the tests of documents say in a word.</summary>
internal static class Docs
{
    public static UserDataDocument Parse(string text) => UserDataDocument.Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>The tree in a compact form: <c>{a: [1, 'two']}</c>, with quotes around what is not plain.</summary>
    public static string Tree(string text) => Tree(Read(text));

    public static string Tree(UserDataNode node) => node switch
    {
        UserDataNode.Scalar { IsPlain: true } plain => plain.Text,
        UserDataNode.Scalar quoted => $"'{quoted.Text}'",
        UserDataNode.Sequence list => $"[{string.Join(", ", list.Items.Select(Tree))}]",
        UserDataNode.Mapping map => $"{{{string.Join(", ", map.Entries.Select(e => $"{Tree(e.Key)}: {Tree(e.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    public static UserDataNode.Mapping Read(string text)
    {
        var document = Parse(text);
        Assert.Empty(document.Faults);
        Assert.Equal(UserDataKind.ContainerOptions, document.Kind);
        return Assert.IsType<UserDataNode.Mapping>(document.Root);
    }

    /// <summary>The value of a key, which must be there.</summary>
    public static UserDataNode At(this UserDataNode node, string key) =>
        Assert.Single(Assert.IsType<UserDataNode.Mapping>(node).Entries, entry => entry.Key.Text == key).Value;

    public static UserDataNode At(this UserDataNode node, int index) =>
        Assert.IsType<UserDataNode.Sequence>(node).Items[index];

    public static string Text(this UserDataNode node) => Assert.IsType<UserDataNode.Scalar>(node).Text;

    /// <summary>Every fault, as it is shown.</summary>
    public static string[] Faults(string text) => Faults(Parse(text));

    public static string[] Faults(UserDataDocument document)
    {
        Assert.NotEmpty(document.Faults);
        Assert.Null(document.Root);
        Assert.Equal(UserDataKind.ContainerOptions, document.Kind);
        return [.. document.Faults.Select(Sentence)];
    }

    /// <summary>The one fault, as it is shown.</summary>
    public static string Fault(string text) => Assert.Single(Faults(text));

    /// <summary>A fault without its full stop.</summary>
    private static string Sentence(UserDataFault fault)
    {
        var sentence = fault.ToString();
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        return sentence[..^1];
    }
}
