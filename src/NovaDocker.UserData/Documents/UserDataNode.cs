namespace NovaDocker.UserData.Documents;

/// <summary>A place in a document.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
public readonly record struct Mark(int Line, int Column)
{
    /// <summary><c>line 3, column 5</c>.</summary>
    public override string ToString() => $"line {Line}, column {Column}";
}

/// <summary>A node of a document in YAML or JSON, which keeps the text of scalars as it was written.</summary>
/// <param name="Mark">Where it begins.</param>
public abstract record UserDataNode(Mark Mark)
{
    /// <summary>A scalar.</summary>
    /// <param name="Mark">Where it begins.</param>
    /// <param name="Text">Its text: <c>yes</c>, <c>012</c> and <c>1.10</c> stay as they are.</param>
    /// <param name="IsPlain">True where it stood without quotes.</param>
    public sealed record Scalar(Mark Mark, string Text, bool IsPlain) : UserDataNode(Mark)
    {
        /// <summary>True of nothing at all, <c>~</c> and <c>null</c> without quotes.</summary>
        public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
    }

    /// <summary>A list.</summary>
    public sealed record Sequence(Mark Mark, IReadOnlyList<UserDataNode> Items) : UserDataNode(Mark);

    /// <summary>A mapping; no key comes twice.</summary>
    public sealed record Mapping(Mark Mark, IReadOnlyList<UserDataEntry> Entries) : UserDataNode(Mark);
}

/// <summary>A key and its value.</summary>
public sealed record UserDataEntry(UserDataNode.Scalar Key, UserDataNode Value);
