using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// A type of VIF that tools of somebody else connect: the pair of devices is ours, what follows are commands that an operator
/// wrote down.
/// </summary>
/// <param name="Plug">Commands, each a program and its arguments, run in order once the device is there and up.</param>
/// <param name="Unplug">Commands run in order before the device goes; all of them run, also where one fails.</param>
/// <remarks>
/// In an argument <c>{device}</c>, <c>{port-id}</c>, <c>{network-id}</c>, <c>{network-label}</c>, <c>{bridge}</c>,
/// <c>{instance-id}</c>, <c>{mac}</c>, <c>{ipv4}</c>, <c>{ipv6}</c> and <c>{details.NAME}</c> stand for what the port says; no shell
/// is in between. Of a device that is left over only the device, the ids of port and instance and the bridge are known; a command of
/// <paramref name="Unplug"/> that asks for more is not run for it.
/// </remarks>
public sealed record CommandVifType(
    EquatableArray<EquatableArray<string>> Plug, EquatableArray<EquatableArray<string>> Unplug);
