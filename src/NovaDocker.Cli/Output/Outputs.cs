namespace NovaDocker.Cli.Output;

/// <summary>Chooses the output.</summary>
internal static class Outputs
{
    /// <summary>The output for programs or for people.</summary>
    public static IOutput Create(CliHost host, bool json) => json ? new JsonOutput(host) : new TableOutput(host);
}
