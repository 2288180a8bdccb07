using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Docker;

/// <summary>
/// The public keys that are bound into containers: the directory of an instance holds <c>authorized_keys</c> and nothing else.
/// </summary>
/// <param name="directory">Where the directories of the instances lie.</param>
internal sealed class AuthorizedKeys(string directory) : InstanceFiles(directory)
{
    private const string FileName = "authorized_keys";

    /// <summary>Writes the key where it is not there yet; sshd refuses keys that others could write.</summary>
    /// <returns>The instance's directory.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string Write(InstanceId instance, string key)
    {
        Write(instance, FileName, key.TrimEnd('\n') + "\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return Of(instance);
    }
}
