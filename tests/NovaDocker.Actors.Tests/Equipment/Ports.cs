using System.Net;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Tests.Equipment;

/// <summary>Ports, and what is said of them.</summary>
internal static class Ports
{
    public static readonly LocalNetwork Blue = new(
        NetworkId.Parse("blue"), VifTypes.Bridge, null,
        [
            new LocalSubnet(IPNetwork.Parse("10.1.0.0/24"), IPAddress.Parse("10.1.0.10"), IPAddress.Parse("10.1.0.12"))
            {
                Gateway = IPAddress.Parse("10.1.0.1"),
                Dns = [IPAddress.Parse("10.1.0.2")],
            },
        ]);

    public static PortId Id(int number) => new(new Guid(number, 0x1234, 0, 0, 0, 0, 0, 0, 0, 0, (byte)number));

    /// <summary>A port with an address that its number tells.</summary>
    public static Vif Vif(int number = 1, string network = "blue", string? bridge = null) => new(
        Id(number), MacAddress.For(Id(number)),
        new VifNetwork(
            NetworkId.Parse(network),
            [new VifSubnet(IPNetwork.Parse("10.1.0.0/16"), [new FixedIp(IPAddress.Parse($"10.1.1.{number}"), [])])])
        {
            Bridge = bridge,
            ShouldCreateBridge = true,
        },
        VifTypes.Bridge);

    public static EquatableArray<InstancePort> Of(params Vif[] vifs) => InstancePort.Of(vifs);

    /// <summary>A step of an instance's ports.</summary>
    public static HostProtocol.RunStep Step(StepKind step, long revision, InstanceId? id, params Vif[] vifs) =>
        Sample.Step(step, revision, id) with { Ports = Of(vifs) };

    /// <summary>What an instance at rest says.</summary>
    public static InstanceView View(InstanceId id, long revision, InstancePhase phase, params InstancePort[] ports) =>
        StubRegion.Booting(Sample.Boot(id)) with
        {
            Revision = revision, Phase = phase, Operation = null, Ports = ports.ToEquatableArray(),
        };

    public static InstanceView View(InstanceId id, params Vif[] vifs) => View(
        id, 100, InstancePhase.Active, [.. Of(vifs).Select(port => port with { IsPlugged = true })]);

    /// <summary>A wish for a port.</summary>
    public static NicRequest Nic(string text) =>
        NicText.Read(text, out var problems) ?? throw new ArgumentException(string.Join(' ', problems), nameof(text));

    public static NetworkSettings With(this NetworkSettings settings, params LocalNetwork[] networks) => settings with
    {
        Networks = new EquatableMap<LocalNetwork>(networks.Select(network => KeyValuePair.Create(network.Id.Value, network))),
    };
}
