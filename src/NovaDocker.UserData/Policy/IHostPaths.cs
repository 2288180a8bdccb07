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

    /// <summary>
    /// Every place that is looked at on the way of <see cref="Resolve"/>, each without links before its last component. Who can
    /// change one of them can change where the path leads.
    /// </summary>
    /// <param name="path">An absolute path without <c>.</c> and <c>..</c>.</param>
    /// <exception cref="IOException">Links lead in a circle, or the path cannot be read.</exception>
    IReadOnlyList<string> PlacesOnTheWay(string path) => [path];
}
