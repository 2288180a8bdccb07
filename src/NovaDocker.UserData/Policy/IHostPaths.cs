namespace NovaDocker.UserData.Policy;

/// <summary>What the rules for paths need to know of the file system of the host whose Engine binds them.</summary>
public interface IHostPaths
{
    /// <summary>
    /// The path with every link in it resolved, as far as it exists; what does not exist is kept as it stands behind that.
    /// </summary>
    /// <param name="path">An absolute path without <c>.</c> and <c>..</c>.</param>
    /// <returns>The resolved path, and whether all of it exists.</returns>
    /// <exception cref="IOException">Links lead in a circle, or the path cannot be read.</exception>
    (string Path, bool Exists) Resolve(string path);
}
