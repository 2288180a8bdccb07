namespace NovaDocker.Cli.Commands;

/// <summary>What the verbs share.</summary>
internal sealed record CommandContext(CliHost Host, GlobalOptions Options);
