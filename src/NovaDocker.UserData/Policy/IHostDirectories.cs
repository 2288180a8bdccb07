namespace NovaDocker.UserData.Policy;

/// <summary>A host whose file system can be added to.</summary>
public interface IHostDirectories : IHostPaths
{
    /// <summary>
    /// Makes a directory and those above it, mode 0755, as far as they do not exist. Follows no link, whoever puts one in the way
    /// meanwhile.
    /// </summary>
    /// <param name="root">A resolved path that exists and is left as it is.</param>
    /// <param name="below">The names of the directories below it, outermost first.</param>
    /// <exception cref="IOException">Something else than a directory is in the way, or one cannot be made.</exception>
    void MakeDirectories(string root, IReadOnlyList<string> below);
}
