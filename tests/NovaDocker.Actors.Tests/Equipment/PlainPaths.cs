using NovaDocker.UserData.Policy;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>A file system in which everything exists and nothing is a link, but for what a test says.</summary>
internal sealed class PlainPaths : IHostDirectories
{
    /// <summary>Where links lead.</summary>
    public Dictionary<string, string> Links { get; } = [];

    /// <summary>What does not exist, until it is made.</summary>
    public HashSet<string> Missing { get; } = [];

    public (string Path, bool Exists) Resolve(string path) => (Links.GetValueOrDefault(path, path), !Missing.Contains(path));

    public void MakeDirectories(string root, IReadOnlyList<string> below) => Missing.Remove($"{root}/{string.Join('/', below)}");
}
