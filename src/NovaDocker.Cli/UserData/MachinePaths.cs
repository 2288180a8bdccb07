using NovaDocker.UserData.Policy;

namespace NovaDocker.Cli.UserData;

/// <summary>The file system of this machine.</summary>
internal sealed class MachinePaths : IHostPaths
{
    /// <inheritdoc/>
    public (string Path, bool Exists) Resolve(string path) => (path, Path.Exists(path));
}
