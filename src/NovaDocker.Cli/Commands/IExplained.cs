namespace NovaDocker.Cli.Commands;

/// <summary>A command whose help says more than its description and its options.</summary>
internal interface IExplained
{
    /// <summary>What the one line of the description does not hold; null where it holds all.</summary>
    string? Details { get; }

    /// <summary>Shown at the end of the help.</summary>
    IReadOnlyList<Example> Examples { get; }
}
