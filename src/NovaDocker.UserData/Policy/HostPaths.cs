namespace NovaDocker.UserData.Policy;

/// <summary>The file system of this machine.</summary>
public sealed class HostPaths : IHostPaths
{
    /// <inheritdoc/>
    public (string Path, bool Exists) Resolve(string path) => (path, Path.Exists(path));
}
