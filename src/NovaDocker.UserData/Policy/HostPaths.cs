using System.Text;

namespace NovaDocker.UserData.Policy;

/// <summary>The file system of this machine. The Engine that binds its paths has to see the same one.</summary>
public sealed class HostPaths : IHostDirectories
{
    /// <summary>As many links as the kernel follows in one path.</summary>
    private const int MostLinks = 40;

    /// <inheritdoc/>
    public (string Path, bool Exists) Resolve(string path) => Walk(path, []);

    /// <inheritdoc/>
    public IReadOnlyList<string> PlacesOnTheWay(string path)
    {
        var places = new List<string>();
        Walk(path, places);
        return places;
    }

    /// <inheritdoc/>
    public void MakeDirectories(string root, IReadOnlyList<string> below)
    {
        var directory = LinuxFiles.OpenDirectory(root);
        try
        {
            foreach (var name in below)
            {
                if (name.Length == 0 || name is "." or ".." || name.Contains('/', StringComparison.Ordinal))
                    throw new IOException($"'{name}' is no name of a directory.");
                var next = LinuxFiles.OpenOrMakeDirectory(directory, name);
                directory.Dispose();
                directory = next;
            }
        }
        finally
        {
            directory.Dispose();
        }
    }

    private static (string Path, bool Exists) Walk(string path, List<string> places)
    {
        var ahead = new Stack<string>(LexicalPath.Components(path).Reverse());
        var behind = new List<string>();
        var links = 0;
        while (ahead.TryPop(out var component))
        {
            if (component == "..")
            {
                if (behind.Count > 0)
                    behind.RemoveAt(behind.Count - 1);
                continue;
            }

            behind.Add(component);
            var here = PathOf(behind);
            if (Encoding.UTF8.GetByteCount(here) > LexicalPath.MaxBytes)
                throw new IOException($"'{path}' leads to a path of more than {LexicalPath.MaxBytes} bytes.");
            places.Add(here);
            if (!LinuxFiles.TryReadLink(here, out var target))
                return (PathOf([.. behind, .. Missing(path, ahead)]), false);
            if (target is null)
                continue;
            if (++links > MostLinks)
                throw new IOException($"'{path}' leads over more than {MostLinks} links, or in a circle.");
            if (target.StartsWith('/'))
                behind.Clear();
            else
                behind.RemoveAt(behind.Count - 1);
            foreach (var next in LexicalPath.Components(target).Reverse())
                ahead.Push(next);
        }

        return (PathOf(behind), true);
    }

    /// <summary>What stands behind something that does not exist, where the kernel knows no <c>..</c>.</summary>
    private static Stack<string> Missing(string path, Stack<string> ahead) => ahead.Contains("..")
        ? throw new IOException($"'{path}' leads back over something that does not exist.")
        : ahead;

    private static string PathOf(List<string> components) => $"/{string.Join('/', components)}";
}
