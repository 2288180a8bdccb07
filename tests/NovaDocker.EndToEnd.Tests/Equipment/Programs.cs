namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>Where the programs under test lie: built beside the tests, in the same configuration.</summary>
public static class Programs
{
    public static string Node => Find("NovaDocker.Node", "novadocker-node");

    public static string Command => Find("NovaDocker.Cli", "novadocker");

    private static string Find(string project, string name)
    {
        // …/tests/NovaDocker.EndToEnd.Tests/bin/<configuration>/<framework>/
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var repository = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(repository, "src", project, "bin", here.Parent.Name, here.Name, name);
    }
}
