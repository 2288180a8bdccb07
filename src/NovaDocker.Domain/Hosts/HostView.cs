using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Hosts;

/// <summary>What a host believes of its Engine.</summary>
public enum EngineState
{
    /// <summary>Not asked yet.</summary>
    Unknown = 1,

    /// <summary>It answers.</summary>
    Healthy = 2,

    /// <summary>It does not answer. That says nothing about the containers.</summary>
    Unreachable = 3,
}

/// <summary>What a commander is shown of a host.</summary>
/// <param name="Id">Its stable id.</param>
/// <param name="Name">The name the machine goes by.</param>
/// <param name="Address">Where its node listens, <c>host:port</c>.</param>
/// <param name="EngineState">What it believes of its Engine.</param>
/// <param name="EngineVersion">The Engine's version; empty until known.</param>
/// <param name="EngineAddress">How it reaches the Engine.</param>
/// <param name="MemoryMb">Memory it may give away, MiB; 0 until known.</param>
/// <param name="MemoryMbClaimed">Memory set aside for instances, MiB.</param>
/// <param name="Vcpus">Processors it may give away; 0 until known.</param>
/// <param name="VcpusClaimed">Processors set aside for instances.</param>
/// <param name="Instances">Instances it holds resources for.</param>
/// <param name="Steps">Steps under way.</param>
/// <param name="Problem">What is wrong with it; null where nothing is.</param>
public sealed record HostView(
    HostId Id,
    string Name,
    string Address,
    EngineState EngineState,
    string EngineVersion,
    string EngineAddress,
    long MemoryMb,
    long MemoryMbClaimed,
    int Vcpus,
    int VcpusClaimed,
    int Instances,
    int Steps,
    string? Problem) : IWireMessage;
