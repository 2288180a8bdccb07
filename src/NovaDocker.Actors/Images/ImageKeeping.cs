using Akka.Actor;
using NovaDocker.Actors.Common;
using NovaDocker.Actors.Hosts;

namespace NovaDocker.Actors.Images;

/// <summary>What keeping account of a host's images takes.</summary>
/// <param name="Host">Whose images.</param>
/// <param name="Region">The sharding region of instances, which are asked what they need.</param>
/// <param name="Disk">The file systems of this machine; sees none where the Engine is on another one.</param>
/// <param name="Ids">Where ids of events come from.</param>
internal sealed record ImageKeeping(HostIdentity Host, IActorRef Region, IDiskSpace Disk, IdSource Ids);
