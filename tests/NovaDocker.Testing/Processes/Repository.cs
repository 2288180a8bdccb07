namespace NovaDocker.Testing.Processes;

/// <summary>Where the project's files are, seen from a test's own.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A program of the project, built as the tests were.</summary>
    /// <param name="project">The project's folder below <c>src</c>.</param>
    /// <param name="name">The program's name.</param>
    public static string Program(string project, string name)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, "src", project, "bin", output.Parent!.Name, output.Name, name);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NovaDocker.Actors.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} does not lie in the repository.");
    }
}
