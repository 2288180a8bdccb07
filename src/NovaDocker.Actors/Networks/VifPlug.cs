using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>Whose a port is. Every device that is made for it says so.</summary>
/// <param name="Host">The host.</param>
/// <param name="Instance">The instance.</param>
public sealed record VifOwner(HostId Host, InstanceId Instance);

/// <summary>A port that is to be plugged.</summary>
/// <param name="Vif">The port.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Interface">What its interface is to look like inside.</param>
/// <param name="Namespace">Path of the network namespace that it goes into.</param>
public sealed record VifPlug(Vif Vif, VifOwner Owner, InterfacePlan Interface, string Namespace);
