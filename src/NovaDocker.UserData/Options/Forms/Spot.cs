using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>A value in a document, with what a form needs to say where something is wrong.</summary>
/// <param name="Node">The value.</param>
/// <param name="Path">The keys that lead to it.</param>
/// <param name="Findings">Takes what is wrong.</param>
internal sealed record Spot(UserDataNode Node, string Path, Findings Findings)
{
    /// <summary>Where faults are said to be; else where the value begins.</summary>
    public Mark Mark { get; private init; } = Node.Mark;

    /// <summary>True of nothing at all and <c>null</c>.</summary>
    public bool IsNull => Node is UserDataNode.Scalar { IsNull: true };

    /// <summary>True of what means "not set" for every option: nothing, an empty text, an empty list or mapping.</summary>
    public bool IsUnset => IsNull || Node switch
    {
        UserDataNode.Scalar scalar => scalar.Text.Length == 0,
        UserDataNode.Sequence sequence => sequence.Items.Count == 0,
        UserDataNode.Mapping mapping => mapping.Entries.Count == 0,
        _ => false,
    };

    /// <summary>The text of a scalar; null of lists and mappings.</summary>
    public string? Text => (Node as UserDataNode.Scalar)?.Text;

    /// <summary>The same value, whose faults are said to be elsewhere.</summary>
    public Spot At(Mark mark) => this with { Mark = mark };

    /// <summary>The elements of a list; none of anything else.</summary>
    public IEnumerable<Spot> Items() => Node is UserDataNode.Sequence sequence
        ? sequence.Items.Select((item, index) => new Spot(item, $"{Path}[{index}]", Findings))
        : [];

    /// <summary>The keys and values of a mapping; none of anything else.</summary>
    public IEnumerable<(UserDataNode.Scalar Key, Spot Value)> Entries() => Node is UserDataNode.Mapping mapping
        ? mapping.Entries.Select(entry => (entry.Key, Entry(entry)))
        : [];

    /// <summary>The value of one entry of a mapping.</summary>
    public Spot Entry(UserDataEntry entry) => new(entry.Value, $"{Path}.{Wording.InPath(entry.Key.Text)}", Findings);

    /// <summary>A fault in the words given, which go on from the path.</summary>
    public void Fault(string problem) => Findings.Add(Mark, Path, problem);

    /// <summary>A fault that tells what was found and then what is right: <c>a size such as 512m is expected</c>.</summary>
    public void Expect(string expected) => Fault($"is {Wording.Found(Node)}; {expected}.");

    /// <summary>A fault that tells what is right and keeps to itself what was found: it may be a secret.</summary>
    public void ExpectSecret(string expected) => Fault(
        $"{(Node is UserDataNode.Scalar ? "has a value that cannot be taken" : $"is {Wording.Found(Node)}")}; {expected}.");
}
