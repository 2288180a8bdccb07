using Akka.Actor;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Actors.Hosts;

/// <summary>What a host is made of.</summary>
/// <param name="Docker">Its supervisor of the Engine.</param>
/// <param name="Images">Its supervisor of images.</param>
/// <param name="Networks">Its supervisor of networks.</param>
/// <param name="Settler">Settles boots by its policy.</param>
/// <param name="Contents">The files that came with boots.</param>
internal sealed record HostParts(Props Docker, Props Images, Props Networks, BootSettler Settler, InstanceContents Contents);
