using System.Text;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Docker;

/// <summary>
/// Files of the node that are bound into containers: a directory for each instance below one of the node's. It is there before
/// the container is made and goes after that was removed.
/// </summary>
/// <param name="directory">Where the directories of the instances lie.</param>
internal abstract class InstanceFiles(string directory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Removes what an instance has here.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Remove(InstanceId instance)
    {
        var own = Of(instance);
        if (Directory.Exists(own))
            Directory.Delete(own, recursive: true);
    }

    /// <summary>True of a bind of one of these files.</summary>
    public bool Holds(string bind) => bind.StartsWith($"{directory}/", StringComparison.Ordinal);

    /// <summary>The names of the directories here; none where there is no such place yet.</summary>
    protected IEnumerable<string> Directories() =>
        Directory.Exists(directory) ? Directory.EnumerateDirectories(directory).Select(path => Path.GetFileName(path)) : [];

    /// <summary>The directory of an instance.</summary>
    protected string Of(InstanceId instance) => Path.Combine(directory, instance.ToString());

    /// <summary>Has a directory there, and all above it that are of the instance; each is its owner's alone.</summary>
    protected void MakeDirectories(string path)
    {
        if (path.Length <= directory.Length)
            return;
        MakeDirectories(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(path, OwnerOnly);
    }

    /// <summary>Writes a file where it does not say so yet. It is whole, or not there.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    protected string Write(InstanceId instance, string name, string content, UnixFileMode mode) =>
        Write(instance, name, Encoding.UTF8.GetBytes(content), mode);

    /// <inheritdoc cref="Write(InstanceId, string, string, UnixFileMode)"/>
    protected string Write(InstanceId instance, string name, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var file = Path.Combine(Of(instance), name);
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(content))
            return file;

        MakeDirectories(Path.GetDirectoryName(file)!);
        var partial = $"{file}.partial";
        using (var stream = new FileStream(partial, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = mode,
        }))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        // The mode that it is made with is cut down by the mask of the process.
        File.SetUnixFileMode(partial, mode);

        File.Move(partial, file, overwrite: true);
        return file;
    }
}
