namespace NovaDocker.Settings;

/// <summary>The configuration cannot be used. The message names every faulty key with its value and what is allowed.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Makes one of all that is wrong.</summary>
    public SettingsException(IReadOnlyCollection<string> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>One sentence for each fault.</summary>
    public IReadOnlyCollection<string> Problems { get; }
}
