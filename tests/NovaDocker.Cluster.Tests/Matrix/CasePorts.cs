using System.Net;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>A network that one case has for itself, and the ports that it has in it.</summary>
internal sealed class CasePorts
{
    private const int Characters = 11;

    public CasePorts(InstanceId id)
    {
        // The end of an id is chance, and its beginning the time.
        var bytes = id.Value.ToByteArray(bigEndian: true);
        Array.Reverse(bytes);
        var network = NetworkId.Parse(Convert.ToHexStringLower(bytes)[..Characters]);
        First = Nic(network, bytes, 1);
        Second = Nic(network, bytes, 2);
        Devices = [network.DefaultBridge, $"tap{First.Port!.Value.Short}", $"tap{Second.Port!.Value.Short}"];
    }

    /// <summary>The port that the instance is booted with.</summary>
    public NicRequest First { get; }

    /// <summary>One that is attached.</summary>
    public NicRequest Second { get; }

    /// <summary>The bridge, and the devices of both.</summary>
    public IReadOnlyList<string> Devices { get; }

    private static NicRequest Nic(NetworkId network, byte[] bytes, byte number)
    {
        var own = (byte[])bytes.Clone();
        own[0] = (byte)((own[0] & 0x3f) | (number << 6));
        own[^1] = number;
        return new NicRequest
        {
            Network = network,
            Port = new PortId(new Guid(own, bigEndian: true)),
            Addresses = [new NicAddress(IPAddress.Parse($"10.0.0.{number}"), 24)],
        };
    }
}
