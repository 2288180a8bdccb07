using System.Net.Sockets;
using NovaDocker.Actors.Hosting;
using NovaDocker.Settings;

namespace NovaDocker.Http.Hosting;

/// <summary>The unix socket that the node serves HTTP at.</summary>
internal static class DoorSocket
{
    private const string OwnPath = "a path of its own";

    /// <summary>
    /// Makes the socket, for those alone that the settings let in. It does not listen yet, so that nobody can have connected
    /// before. What a dead node left there is replaced; the file goes when the socket is closed.
    /// </summary>
    /// <exception cref="SettingsException">It cannot be made; the message says what the settings would have to be.</exception>
    public static Socket Bind(HttpSettings settings)
    {
        var group = UnixGroup.IdOf(settings.Group);
        var socket = NewSocket();
        try
        {
            RemoveLeftover(settings.Socket);
            socket.Bind(new UnixDomainSocketEndPoint(settings.Socket));
            if (group is { } id)
                UnixGroup.Give(settings.Socket, id);
            File.SetUnixFileMode(settings.Socket, settings.Mode);
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is not (SocketException or IOException or UnauthorizedAccessException))
                throw;
            throw Wrong(settings.Socket, $"where no socket can be made ({e.Message})", "a path in a directory that this user may write to");
        }
    }

    /// <summary>Whether the socket can be made, as far as that can be told in advance; nothing is changed.</summary>
    /// <exception cref="SettingsException">It cannot.</exception>
    public static void Check(NovaDockerSettings settings)
    {
        if (settings.Http is not { } http)
            return;
        _ = UnixGroup.IdOf(http.Group);

        // The data directory is made later, and its lock tells of another node.
        var directory = Path.GetDirectoryName(http.Socket);
        if (directory == settings.DataDirectory)
            return;
        IsLeftover(http.Socket);
        if (!Directory.Exists(directory))
            throw Wrong(http.Socket, "whose directory does not exist", "a path in a directory that this user may write to");
    }

    private static void RemoveLeftover(string path)
    {
        if (IsLeftover(path))
            File.Delete(path);
    }

    /// <summary>True where a dead node's socket lies there; false where nothing does.</summary>
    /// <exception cref="SettingsException">Something else does.</exception>
    private static bool IsLeftover(string path)
    {
        if (!UnixFile.IsThere(path))
            return false;
        if (!UnixFile.IsSocket(path))
            throw Wrong(path, "where something lies that is no socket", OwnPath);
        using var probe = NewSocket();
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }

        throw Wrong(path, "at which another process listens", OwnPath);
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static SettingsException Wrong(string path, string problem, string allowed) =>
        new([$"novadocker.http.socket is '{path}', {problem}; {allowed} is expected."]);
}
