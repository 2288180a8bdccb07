using System.Text;
using NovaDocker.Settings;

namespace NovaDocker.Actors.Hosting;

/// <summary>Reads <c>novadocker.http</c>.</summary>
internal static class HttpSettingsReader
{
    private const string Socket = "http.socket";
    private const string Mode = "http.mode";
    private const string FileName = "http.sock";

    /// <summary>The longest path that a unix socket can have, bytes (<c>sun_path</c> without the final zero).</summary>
    private const int MaxPath = 107;

    private const UnixFileMode OfOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OfOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads the section; null where HTTP is turned off.</summary>
    /// <param name="reader">What reads it.</param>
    /// <param name="data">The node's data directory.</param>
    public static HttpSettings? Read(SettingsReader reader, string data)
    {
        var given = reader.Text(Socket);
        var mode = ReadMode(reader);
        var group = reader.Text("http.group");
        if (given is "off" or "false" or "no")
            return null;
        var path = NovaDockerSettings.Under(data, given, FileName);
        if (Encoding.UTF8.GetByteCount(path) is > MaxPath and var bytes)
        {
            reader.Fault(
                Socket, given.Length > 0 ? $"'{given}', of {bytes} bytes" : $"empty, which means '{path}', of {bytes} bytes",
                $"a path of at most {MaxPath} bytes, or off,");
        }

        return new HttpSettings(path, mode, group);
    }

    private static UnixFileMode ReadMode(SettingsReader reader)
    {
        var text = reader.Text(Mode);
        var digits = text.Length == 4 && text[0] == '0' ? text[1..] : text;
        if (digits.Length == 3 && digits.All(digit => digit is >= '0' and <= '7'))
        {
            var mode = (UnixFileMode)Convert.ToInt32(digits, 8);
            if (mode.HasFlag(OfOwner) && (mode & OfOthers) == 0)
                return mode;
        }

        reader.Fault(
            Mode, $"'{text}'",
            "0600, 0660, or another octal mode that lets the owner read and write and nobody in beside owner and group, since who can "
            + "connect can command everything,");
        return OfOwner;
    }
}
