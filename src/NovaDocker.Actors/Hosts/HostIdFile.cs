using NovaDocker.Actors.Common;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Hosts;

/// <summary>Keeps the host's stable id in a file of the data directory.</summary>
public static class HostIdFile
{
    private const string FileName = "host-id";

    /// <summary>Reads the id, or makes one where the file is missing.</summary>
    /// <exception cref="InvalidDataException">The file holds no UUID.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static HostId ReadOrCreate(string dataDirectory, IdSource ids)
    {
        var path = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(path))
        {
            // Written aside and moved into place: half an id would be another host.
            var partial = path + ".partial";
            File.WriteAllText(partial, ids.Next().ToString("D") + "\n");
            File.Move(partial, path);
        }

        var text = File.ReadAllText(path).Trim();
        return Guid.TryParse(text, out var id)
            ? new HostId(id.ToString("D"))
            : throw new InvalidDataException(
                $"{path} holds '{text}', which is no UUID. Bring the old file back: the containers of this host carry its id.");
    }
}
