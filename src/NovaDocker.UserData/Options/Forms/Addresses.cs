using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Rules for IP addresses.</summary>
internal static partial class Addresses
{
    /// <summary>An IP address, in the one way to write it.</summary>
    public static Verdict Ip(string text) =>
        Parse(text) is { } address ? Verdict.Of(address.ToString()) : Verdict.Not("an IP address is expected");

    /// <summary>An IP address as it stands before a port: a colon of its own makes it stand in brackets.</summary>
    public static Verdict IpBeforePort(string text) =>
        Parse(text) is not { } address ? Verdict.Not("an IP address of the host is expected")
        : Verdict.Of(address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString());

    /// <summary>True of an IP address.</summary>
    public static bool IsIp(string text) => Parse(text) is not null;

    /// <summary>
    /// The address; null of anything else. Stricter than the runtime, which takes <c>1</c>, <c>0x7f.1</c> and zones.
    /// </summary>
    private static IPAddress? Parse(string text)
    {
        var bare = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
        var isV6 = bare.Contains(':', StringComparison.Ordinal);
        return (isV6 ? !bare.Contains('%', StringComparison.Ordinal) : bare == text && QuadPattern().IsMatch(bare))
            && IPAddress.TryParse(bare, out var address)
                ? address
                : null;
    }

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}\z")]
    private static partial Regex QuadPattern();
}
