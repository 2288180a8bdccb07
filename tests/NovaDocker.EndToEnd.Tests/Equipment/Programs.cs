using NovaDocker.Testing.Processes;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>Where the programs under test lie: built beside the tests, in the same configuration.</summary>
public static class Programs
{
    public static string Node => Repository.Program("NovaDocker.Node", "novadocker-node");

    public static string Command => Repository.Program("NovaDocker.Cli", "novadocker");
}
