using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

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

    /// <summary>It answers again after its event stream broke off; its containers are being looked at.</summary>
    Restarted = 4,
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
    string? Problem) : IWireMessage
{
    /// <summary>The most steps that a view tells of.</summary>
    public const int MaxSteps = 50;

    /// <summary>How many steps wait for the Engine to be back; they are not among <see cref="Steps"/>.</summary>
    public int StepsWaiting { get; init; }

    /// <summary>How often the Engine was restarted, or cut off, since the node started.</summary>
    public int EngineRestarts { get; init; }

    /// <summary>The steps under way or waiting, those that have taken longest first, at most <see cref="MaxSteps"/>.</summary>
    public EquatableArray<StepView> StepsInHand { get; init; } = [];

    /// <summary>The version of the Engine's API that is spoken; empty until known.</summary>
    public string EngineApiVersion { get; init; } = "";

    /// <summary>What its machine has, and how much of that it gives away; null until known.</summary>
    public HostMachine? Machine { get; init; }

    /// <summary>The file system that the Engine keeps images and containers on; null where it cannot be seen.</summary>
    public DiskUse? Disk { get; init; }

    /// <summary>Why nothing can be stored in the journal at present; null where it can.</summary>
    public string? JournalProblem { get; init; }
}

/// <summary>
/// What a host's machine has, and how much of it is given away: of memory and processors <c>(total - reserved) * ratio</c>, cut to a
/// whole number.
/// </summary>
/// <param name="Processors">Processors of the machine.</param>
/// <param name="CpuAllocationRatio">How many times over processors are given away.</param>
/// <param name="MemoryMb">Memory of the machine, MiB.</param>
/// <param name="ReservedMemoryMb">Memory that is never given to instances, MiB.</param>
/// <param name="MemoryAllocationRatio">How many times over the rest is given away.</param>
/// <param name="ReservedDiskMb">What is kept free on the Engine's file system, MiB.</param>
public sealed record HostMachine(
    int Processors, double CpuAllocationRatio, long MemoryMb, long ReservedMemoryMb, double MemoryAllocationRatio, long ReservedDiskMb);

/// <summary>What a commander is shown of a step that a host has in hand.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Step">The step.</param>
/// <param name="Attempt">Which attempt, counted from 1.</param>
/// <param name="Elapsed">For how long the host has had it.</param>
/// <param name="IsWaiting">True while it waits for the Engine to be back.</param>
public sealed record StepView(InstanceId InstanceId, StepKind Step, int Attempt, TimeSpan Elapsed, bool IsWaiting);
