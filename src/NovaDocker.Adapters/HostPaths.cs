using NovaDocker.UserData.Policy;

namespace NovaDocker.Adapters;

/// <summary>The file system of this machine.</summary>
internal sealed class HostPaths : IHostPaths
{
    /// <inheritdoc/>
    public (string Path, bool Exists) Resolve(string path) => (path, Path.Exists(path));
}
