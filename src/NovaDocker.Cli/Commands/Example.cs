namespace NovaDocker.Cli.Commands;

/// <summary>A command line shown in the help, and what it does.</summary>
internal sealed record Example(string CommandLine, string Meaning);
