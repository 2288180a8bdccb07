using NovaDocker.UserData;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Cli.UserData;

/// <summary>What documents are judged with where there is no node. Tests give their own.</summary>
internal sealed record UserDataKit
{
    /// <summary>Reads a document.</summary>
    public required Func<ReadOnlyMemory<byte>, UserDataReading> Read { get; init; }

    /// <summary>Reads the file of a policy; what is wrong is thrown.</summary>
    public required Func<string, ContainerPolicy> ReadPolicy { get; init; }

    /// <summary>The file system that host paths are resolved in.</summary>
    public required IHostPaths Paths { get; init; }

    /// <summary>The real one.</summary>
    public static UserDataKit OfThisMachine { get; } = new()
    {
        Read = UserDataReader.Read,
        ReadPolicy = PolicyFile.Read,
        Paths = new HostPaths(),
    };
}
