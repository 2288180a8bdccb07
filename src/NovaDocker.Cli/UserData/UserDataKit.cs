using NovaDocker.UserData;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Cli.UserData;

/// <summary>What the command knows of user data without a node. Tests give their own.</summary>
internal sealed record UserDataKit
{
    /// <summary>Reads a document.</summary>
    public required Func<ReadOnlyMemory<byte>, UserDataReading> Read { get; init; }

    /// <summary>Reads the file of a policy; gives the policy, or a sentence for all that is wrong.</summary>
    public required Func<string, (ContainerPolicy? Policy, IReadOnlyCollection<string> Problems)> ReadPolicy { get; init; }

    /// <summary>The file system that host paths are resolved in.</summary>
    public required IHostPaths Paths { get; init; }

    /// <summary>The guide to the options.</summary>
    public required IReadOnlyList<OptionGuideRow> Options { get; init; }

    /// <summary>The real one.</summary>
    public static UserDataKit OfThisMachine { get; } = new()
    {
        Read = UserDataReader.Read,
        ReadPolicy = PolicyOf,
        Paths = new MachinePaths(),
        Options = [.. GuideRows()],
    };

    private static (ContainerPolicy? Policy, IReadOnlyCollection<string> Problems) PolicyOf(string file) => File.Exists(file)
        ? (null, [$"--policy is '{file}'; this build reads no policies."])
        : (null, [$"--policy is '{file}', which cannot be read: there is no such file."]);

    private static IEnumerable<OptionGuideRow> GuideRows() => [];
}
