using System.Net;
using System.Text.Json.Nodes;

namespace NovaDocker.Testing;

/// <summary>Addresses for networks that tests make in an Engine.</summary>
public static class EngineSubnets
{
    /// <summary>
    /// A network of 16 addresses within 198.18.0.0/15, which is for tests (RFC 2544), beside those that the Engine has. Those below
    /// 198.18.32.0 are left to tests that name their addresses.
    /// </summary>
    /// <param name="networks">The Engine's networks, as <c>GET /networks</c> lists them; engine.sh gives its bridge one of the same range.</param>
    /// <returns>It, as <c>198.18.5.128/28</c>.</returns>
    public static string FreeBeside(JsonArray networks)
    {
        var taken = networks
            .SelectMany(network => network!["IPAM"]?["Config"]?.AsArray() ?? [])
            .Select(config => IPNetwork.Parse(config!["Subnet"]!.GetValue<string>()))
            .ToArray();
        while (true)
        {
            var address = new IPAddress([198, 18, (byte)Random.Shared.Next(32, 256), (byte)(16 * Random.Shared.Next(16))]);
            if (!taken.Any(network => network.Contains(address)))
                return $"{address}/28";
        }
    }
}
