namespace NovaDocker.UserData.Tests.Policy;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    /// <summary>The path of a file, given from the repository's root.</summary>
    public static string File(string path)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(directory!.FullName, "NovaDocker.Actors.sln")))
            directory = directory.Parent;
        return Path.Combine(directory.FullName, path);
    }
}
