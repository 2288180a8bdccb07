using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Akka.Actor;

namespace NovaDocker.Wire.Client;

/// <summary>
/// Where a node listens. It has to be the address that the node's own configuration gives: the remoting drops what is
/// addressed to another name of the same machine.
/// </summary>
/// <param name="Host">Host name or IP address; an IPv6 address without brackets.</param>
/// <param name="Port">The port, 1 to 65535.</param>
public readonly record struct NodeAddress(string Host, int Port)
{
    /// <summary>The name of every node's actor system.</summary>
    public const string SystemName = "novadocker";

    /// <summary>The port that a node listens on unless its configuration says otherwise.</summary>
    public const int DefaultPort = 4053;

    /// <summary>The node of this machine, as it listens by default.</summary>
    public static readonly NodeAddress Local = new("127.0.0.1", DefaultPort);

    /// <summary>Reads <c>HOST</c>, <c>HOST:PORT</c> or <c>[IPV6]:PORT</c>. False for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NodeAddress address)
    {
        address = default;
        if (string.IsNullOrWhiteSpace(text))
            return false;

        var port = DefaultPort;
        var host = text;
        var colon = text.LastIndexOf(':');
        if (colon > text.LastIndexOf(']'))
        {
            host = text[..colon];
            if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port)
                || port is < 1 or > ushort.MaxValue)
                return false;
        }

        if (host is ['[', .. var bare, ']'])
            host = bare;
        else if (host.Contains(':', StringComparison.Ordinal))
            return false;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return false;

        address = new NodeAddress(host, port);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    internal ActorPath Receptionist(bool hasTls) =>
        new RootActorPath(new Address(hasTls ? RemotingTls.Scheme : RemotingTls.PlainScheme, SystemName, Host, Port))
        / "system" / "receptionist";
}
