using System.Net;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>Ports that the scenarios are made of.</summary>
internal static class PortSample
{
    public const string SandboxId = "5a4db0c5";

    public static readonly Vif First = Numbered(1);

    public static readonly Vif Second = Numbered(2);

    public static readonly Vif Third = Numbered(3);

    /// <summary>A port of the network blue with an address, 10.1.0.1 for the first.</summary>
    public static Vif Numbered(int number) => new(
        new PortId(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)number)), MacAddress.Parse($"fa:16:3e:00:00:{number:x2}"),
        new VifNetwork(
            NetworkId.Parse("blue"),
            [
                new VifSubnet(IPNetwork.Parse("10.1.0.0/24"), [new FixedIp(IPAddress.Parse($"10.1.0.{number}"), [])])
                {
                    Gateway = IPAddress.Parse("10.1.0.254"),
                },
            ]),
        VifTypes.Bridge);

    /// <summary>What a look at the host's devices says of ports that came loose.</summary>
    public static EquatableArray<VifProblem> Problems(params IEnumerable<Vif> vifs) =>
        vifs.Select(vif => new VifProblem(vif.Id, $"{vif.Device} is gone.")).ToEquatableArray();

    /// <summary>The ports that a step concerns, as the host understands it: the operation's, or all where it has none.</summary>
    public static IEnumerable<InstancePort> Concerned(EquatableArray<InstancePort> ports, PortId? only) =>
        ports.Any(port => port.Vif.Id == only) ? ports.Where(port => port.Vif.Id == only) : ports;

    public static StepResult.VifsPlugged Plugged(IEnumerable<InstancePort> ports) => new(
        ports.Select(port => new PluggedVif(port.Vif.Id, port.Vif.Device, port.Interface, Adopted: port.IsPlugged)).ToEquatableArray());
}
