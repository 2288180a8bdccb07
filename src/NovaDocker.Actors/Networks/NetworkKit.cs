using System.Collections.Immutable;
using Akka.Actor;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Networks;

/// <summary>What the networks of a host are run with.</summary>
/// <param name="Network">The host's devices.</param>
/// <param name="Settings">How ports are plugged.</param>
/// <param name="Instances">How long steps may take.</param>
/// <param name="Host">How long leftovers are left.</param>
/// <param name="Identity">Who the host is.</param>
/// <param name="Region">The sharding region of the instances.</param>
/// <param name="FindInstances">Tells of every instance that is not deleted, complete also right after a start.</param>
/// <param name="Time">The clock.</param>
internal sealed record NetworkKit(
    IHostNetwork Network,
    NetworkSettings Settings,
    InstanceSettings Instances,
    HostSettings Host,
    HostIdentity Identity,
    IActorRef Region,
    Func<Task<ImmutableArray<InstanceView>>> FindInstances,
    TimeProvider Time);
