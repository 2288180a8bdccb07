using NovaDocker.Settings;

namespace NovaDocker.Adapters;

/// <summary>
/// Keeps a data directory to one node: two would write one journal and drive the same containers. The lock goes with the
/// process, however that ends; the file stays and means nothing.
/// </summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private const string FileName = "lock";

    /// <summary>EWOULDBLOCK: what Linux answers where somebody else has the lock.</summary>
    private const int WouldBlock = 11;

    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a directory.</summary>
    /// <exception cref="SettingsException">Another process has it.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be made.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            return new DataDirectoryLock(File.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            throw new SettingsException(
            [
                $"novadocker.data-directory is '{directory}', which another node uses that runs at present; "
                + "stop that one, or give this one a directory of its own.",
            ]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
