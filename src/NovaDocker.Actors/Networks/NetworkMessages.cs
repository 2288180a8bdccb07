using System.Collections.Immutable;
using Akka.Actor;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>Make ports of what a boot wishes for; answered by <see cref="PortsAdmitted"/> or <see cref="InstanceProtocol.Refused"/>.</summary>
/// <param name="InstanceId">The instance to be.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Nics">The wishes.</param>
internal sealed record AdmitPorts(InstanceId InstanceId, string RequestId, EquatableArray<NicRequest> Nics)
    : INoSerializationVerificationNeeded;

/// <summary>The ports that a boot gets.</summary>
internal sealed record PortsAdmitted(EquatableArray<Vif> Vifs) : INoSerializationVerificationNeeded;

/// <summary>Plug a port; answered by <see cref="PortDone"/>.</summary>
internal sealed record PlugPort(VifPlug Plug, CancellationToken Cancellation) : INoSerializationVerificationNeeded;

/// <summary>Unplug a port; answered by <see cref="PortDone"/>.</summary>
internal sealed record UnplugPort(Vif Vif, VifOwner Owner, CancellationToken Cancellation) : INoSerializationVerificationNeeded;

/// <summary>What became of a port.</summary>
/// <param name="Port">The port.</param>
/// <param name="IsPlugged">True where it is plugged now for certain; what became of one that could not be unplugged is not known.</param>
/// <param name="Adopted">True where nothing had to be changed.</param>
/// <param name="Failure">Why it is not as was asked for; null where it is.</param>
internal sealed record PortDone(PortId Port, bool IsPlugged, bool Adopted, Exception? Failure) : INoSerializationVerificationNeeded;

/// <summary>Take away what is left of a bridge that no port needs; answered by <see cref="BridgeTidied"/>.</summary>
internal sealed record TidyBridge(string Bridge, CancellationToken Cancellation) : INoSerializationVerificationNeeded;

/// <summary>What became of what was left of a bridge.</summary>
/// <param name="Removed">The devices that were taken away; none where a port is in hand.</param>
/// <param name="Failure">Why not all could be; null where all that is idle was.</param>
internal sealed record BridgeTidied(ImmutableArray<string> Removed, Exception? Failure) : INoSerializationVerificationNeeded;

/// <summary>Compare the host's devices with what the instances say; answered by <see cref="NetworkCompared"/>.</summary>
/// <param name="Instances">What the instances say, those of this host and all of them.</param>
/// <param name="IsDryRun">True only reports.</param>
internal sealed record CompareNetwork(ImmutableArray<InstanceView> Instances, bool IsDryRun) : INoSerializationVerificationNeeded;

/// <summary>What the comparison showed, and what was done about it.</summary>
/// <param name="Findings">The differences.</param>
/// <param name="Problem">Why there was no comparison; null where there was one.</param>
internal sealed record NetworkCompared(ImmutableArray<ReconcileFinding> Findings, string? Problem = null)
    : INoSerializationVerificationNeeded;

/// <summary>An instance has these ports, or has had until now.</summary>
internal sealed record PortsHeld(InstanceId InstanceId, EquatableArray<InstancePort> Ports) : INoSerializationVerificationNeeded;

/// <summary>What the instances of this host say, all of them that are not deleted.</summary>
internal sealed record InstancesHeard(ImmutableArray<InstanceView> Instances) : INoSerializationVerificationNeeded;
