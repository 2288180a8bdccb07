using System.Text;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Docker;

/// <summary>
/// The public keys that are bound into containers: a directory for each instance below one of the node's, which holds
/// <c>authorized_keys</c> and nothing else. It is there before the container is made and goes after that was removed.
/// </summary>
/// <param name="directory">Where the directories of the instances lie.</param>
internal sealed class AuthorizedKeys(string directory)
{
    private const string FileName = "authorized_keys";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes the key where it is not there yet.</summary>
    /// <returns>The instance's directory.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string Write(InstanceId instance, string key)
    {
        var own = Of(instance);
        var file = Path.Combine(own, FileName);
        var text = Encoding.UTF8.GetBytes(key.TrimEnd('\n') + "\n");
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(text))
            return own;

        // sshd refuses keys that others could write, and directories that others could enter.
        Directory.CreateDirectory(own, OwnerOnly | UnixFileMode.UserExecute);
        var partial = $"{file}.partial";
        using (var stream = new FileStream(partial, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        {
            stream.Write(text);
            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, file, overwrite: true);
        return own;
    }

    /// <summary>Removes the key, where there is one.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Remove(InstanceId instance)
    {
        var own = Of(instance);
        if (Directory.Exists(own))
            Directory.Delete(own, recursive: true);
    }

    /// <summary>True of a bind of one of the keys.</summary>
    public bool Holds(string bind) => bind.StartsWith($"{directory}/", StringComparison.Ordinal);

    private string Of(InstanceId instance) => Path.Combine(directory, instance.ToString());
}
