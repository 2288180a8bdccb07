using NovaDocker.UserData.Policy;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>A file system in which everything exists and nothing is a link, but for what a test says.</summary>
internal sealed class PlainPaths : IHostPaths
{
    /// <summary>Where links lead.</summary>
    public Dictionary<string, string> Links { get; } = [];

    public (string Path, bool Exists) Resolve(string path) => (Links.GetValueOrDefault(path, path), true);
}
