using NovaDocker.Cli.UserData;
using NovaDocker.Wire.Client;

namespace NovaDocker.Cli;

/// <summary>What surrounds a command line: the streams, the environment and the way to a node. Tests give their own.</summary>
internal sealed record CliHost
{
    /// <summary>Results go here, and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress, notes and errors go here.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input, where a file is <c>-</c>.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>True where a person reads <see cref="Out"/>.</summary>
    public required bool OutIsTerminal { get; init; }

    /// <summary>True where a person reads <see cref="Error"/>.</summary>
    public required bool ErrorIsTerminal { get; init; }

    /// <summary>Reads an environment variable; null where it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The operating system's user.</summary>
    public required string UserName { get; init; }

    /// <summary>Makes the client of a node.</summary>
    public required Func<NovaDockerClientOptions, INovaDockerClient> Connect { get; init; }

    /// <summary>What is known of user data without a node.</summary>
    public UserDataKit UserData { get; init; } = UserDataKit.OfThisMachine;

    /// <summary>The real surroundings.</summary>
    public static CliHost OfThisProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        OpenInput = Console.OpenStandardInput,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Variable = Environment.GetEnvironmentVariable,
        UserName = Environment.UserName,
        Connect = options => new NovaDockerClient(options),
    };
}
