using System.Globalization;

namespace NovaDocker.UserData.Policy;

/// <summary>Ports of the host, <c>address:host-port:port/protocol</c>, under the policy.</summary>
internal static class PublishedPort
{
    private const int Highest = 65535;

    /// <summary>Why a port may not be published; null where it may. An address makes no difference: it only narrows.</summary>
    public static string? Problem(string published, ContainerPolicy policy)
    {
        var end = published.LastIndexOf(':');
        if (end < 0)
            return "address:host-port:port/protocol is expected.";
        var host = published[(published[..end].LastIndexOf(':') + 1)..end];
        if (host is "" or "0")
            return policy.EphemeralPorts ? null : $"{PolicyText.IsOff("ephemeral-ports")} A port of the host is expected.";
        return Parse(host) is { } asked && policy.PublishedPorts.Any(range => range.First <= asked.First && asked.Last <= range.Last)
            ? null
            : PolicyText.Allows("published-ports", policy.PublishedPorts, "no port of the host");
    }

    /// <summary>A port, or a range of them; null where it is neither.</summary>
    private static PortRange? Parse(string text) => text.Split('-') switch
    {
        [var port] when Number(port) is { } number => new PortRange(number, number),
        [var first, var last] when Number(first) is { } low && Number(last) is { } high && low <= high => new PortRange(low, high),
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Highest
            ? number
            : null;
}
