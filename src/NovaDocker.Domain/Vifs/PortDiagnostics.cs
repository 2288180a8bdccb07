namespace NovaDocker.Domain.Vifs;

/// <summary>What went through a port of an instance.</summary>
/// <param name="Port">The port.</param>
/// <param name="Mac">Its interface's address.</param>
/// <param name="Device">Its device on the host.</param>
/// <param name="Interface">Its interface inside.</param>
/// <param name="Counters">What went through; null where it is not plugged.</param>
public sealed record PortDiagnostics(PortId Port, MacAddress Mac, string Device, string Interface, VifCounters? Counters);
