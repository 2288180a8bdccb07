using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace NovaDocker.Domain.Vifs;

/// <summary>
/// Addresses as people write them. <see cref="IPAddress"/> also reads <c>10.1</c>, <c>017.0.0.1</c> and <c>5</c>, each as something
/// that hardly anybody means, and scopes, which another machine cannot know.
/// </summary>
public static class IpText
{
    /// <summary>Reads an address written out in full: four decimal numbers, or IPv6 in any of its notations without a scope.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && (address.AddressFamily == AddressFamily.InterNetwork
            ? address.ToString() == text
            : !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal));

    /// <summary>Reads a range. False for what is none, and for one that is not written by its beginning.</summary>
    public static bool TryParseRange(string text, out IPNetwork range) => IPNetwork.TryParse(text, out range)
        && TryParse(text[..text.IndexOf('/', StringComparison.Ordinal)], out var start) && start.Equals(range.BaseAddress);
}
