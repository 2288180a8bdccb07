namespace NovaDocker.Domain.Vifs;

/// <summary>What went through a port since it was plugged, as the instance sees it.</summary>
/// <param name="RxBytes">Bytes received.</param>
/// <param name="RxPackets">Packets received.</param>
/// <param name="RxErrors">Packets received broken.</param>
/// <param name="RxDrops">Packets received and dropped.</param>
/// <param name="TxBytes">Bytes sent.</param>
/// <param name="TxPackets">Packets sent.</param>
/// <param name="TxErrors">Packets that could not be sent.</param>
/// <param name="TxDrops">Packets dropped instead of being sent.</param>
public sealed record VifCounters(
    long RxBytes, long RxPackets, long RxErrors, long RxDrops, long TxBytes, long TxPackets, long TxErrors, long TxDrops);
