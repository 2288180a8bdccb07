using System.Globalization;
using System.Text.Json;
using Docker.DotNet.Models;
using NovaDocker.Domain.Options;

namespace NovaDocker.Adapters.Docker;

/// <summary>A port of the host that leads to one of the container.</summary>
/// <param name="Address">The host's address; empty for all.</param>
/// <param name="HostPort">The host's port; empty for one that the Engine chooses.</param>
/// <param name="Port">The container's port and protocol.</param>
internal readonly record struct PublishForm(string Address, string HostPort, string Port);

/// <summary>A path of the host inside the container.</summary>
/// <param name="Word">The whole entry.</param>
/// <param name="Source">The host's path.</param>
/// <param name="Target">The container's path.</param>
/// <param name="ReadOnly">True where it cannot be written through the container.</param>
/// <param name="Relabels">True where its files are to get SELinux labels.</param>
internal readonly record struct BindForm(string Word, string Source, string Target, bool ReadOnly, bool Relabels);

/// <summary>
/// The forms in which <see cref="OptionKeys"/> lays values down, taken apart. They are read from their end: addresses and
/// paths of the host may hold colons themselves. What has not its form is a <see cref="FormatException"/>.
/// </summary>
internal static class OptionForms
{
    private const int PartsOfThree = 3;

    /// <summary><c>address:host-port:port/protocol</c>.</summary>
    public static PublishForm Publish(string word)
    {
        var (address, hostPort, port) = Three(OptionKeys.PublishedPorts.Name, word);
        return new PublishForm(address.TrimStart('[').TrimEnd(']'), hostPort, port);
    }

    /// <summary><c>/host/path:/container/path:mode</c>.</summary>
    public static BindForm Bind(string word)
    {
        var (source, target, mode) = Three(OptionKeys.Binds.Name, word);
        var modes = mode.Split(',');
        return new BindForm(word, source, target, modes.Contains("ro"), modes.Contains("z") || modes.Contains("Z"));
    }

    /// <summary><c>/host/device:/container/device:rwm</c>.</summary>
    public static DeviceMapping Device(string word)
    {
        var (onHost, inContainer, permissions) = Three(OptionKeys.Devices.Name, word);
        return new DeviceMapping { PathOnHost = onHost, PathInContainer = inContainer, CgroupPermissions = permissions };
    }

    /// <summary><c>name=soft:hard</c>.</summary>
    public static Ulimit Ulimit(string word)
    {
        var (name, limits) = Two(word, '=');
        var (soft, hard) = Two(limits, ':');
        if (name.Length > 0
            && long.TryParse(soft, CultureInfo.InvariantCulture, out var softLimit)
            && long.TryParse(hard, CultureInfo.InvariantCulture, out var hardLimit))
        {
            return new Ulimit { Name = name, Soft = softLimit, Hard = hardLimit };
        }

        throw Wrong(OptionKeys.Ulimits.Name, word);
    }

    /// <summary>
    /// One of the security options that Engines of the API versions spoken here know. Another one is refused here, since the
    /// Engine answers it with 500, as if it would be better next time.
    /// </summary>
    public static string SecurityOption(string word) =>
        Two(word, '=').Left is "no-new-privileges" or "label" or "apparmor" or "seccomp"
            ? word
            : throw Wrong(OptionKeys.SecurityOptions.Name, word);

    /// <summary>JSON in the Engine's words.</summary>
    public static DeviceRequest DeviceRequest(string word) =>
        JsonSerializer.Deserialize<DeviceRequest>(word) ?? throw Wrong(OptionKeys.DeviceRequests.Name, word);

    private static (string First, string Second, string Third) Three(string option, string word)
    {
        var parts = word.Split(':');
        return parts.Length < PartsOfThree
            ? throw Wrong(option, word)
            : (string.Join(':', parts[..^2]), parts[^2], parts[^1]);
    }

    private static (string Left, string Right) Two(string word, char separator)
    {
        var at = word.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (word, "") : (word[..at], word[(at + 1)..]);
    }

    private static FormatException Wrong(string option, string word) =>
        new($"'{word}' is nothing that the Engine could be asked for as {option}.");
}
