using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Hosts;

/// <summary>
/// What the host has set aside for instances. Derived, not stored: after a start it is made again from the labels of the
/// containers that are there and from the steps that come in.
/// </summary>
internal sealed class ClaimLedger
{
    private readonly Dictionary<InstanceId, Claim> _claims = [];
    private readonly HashSet<InstanceId> _released = [];

    /// <summary>Memory set aside, MiB.</summary>
    public long MemoryMb { get; private set; }

    /// <summary>Processors set aside.</summary>
    public int Vcpus { get; private set; }

    /// <summary>Instances that something is set aside for.</summary>
    public int Count => _claims.Count;

    /// <summary>Sets aside what is there for certain, even where it is more than the host has.</summary>
    public void Hold(InstanceId id, Claim claim)
    {
        Forget(id);
        _released.Remove(id);
        _claims[id] = claim;
        MemoryMb += claim.MemoryMb;
        Vcpus += claim.Vcpus;
    }

    /// <summary>
    /// Sets aside for a container that a look at the Engine showed, unless more is known: the look may be older than what
    /// the instance gave back, and the container's labels older than its last resize.
    /// </summary>
    public void HoldSeen(InstanceId id, Claim claim)
    {
        if (!_released.Contains(id) && !_claims.ContainsKey(id))
            Hold(id, claim);
    }

    /// <summary>
    /// Corrects what is set aside by what the instances themselves say, which has to be what they say now. One that has something
    /// under way is left out: the size that it is to have is not yet claimed, and may not be there.
    /// </summary>
    public void HoldKnown(IEnumerable<InstanceView> instances)
    {
        foreach (var view in instances.Where(view => view.Operation is null && _claims.ContainsKey(view.Id)))
            Hold(view.Id, new Claim(view.MemoryMb, view.Vcpus));
    }

    /// <summary>Sets aside where there is room; what the instance has already counts to it. Null, or what is missing.</summary>
    public Fault? TryClaim(InstanceId id, Claim claim, HostCapacity capacity)
    {
        var had = _claims.GetValueOrDefault(id);
        var (memory, vcpus) = (claim.MemoryMb - had.MemoryMb, claim.Vcpus - had.Vcpus);
        var isSmaller = memory <= 0 && vcpus <= 0;
        if (!isSmaller && Shortage(new Claim(memory, vcpus), capacity.MemoryMb - MemoryMb, capacity.Vcpus - Vcpus, "left") is { } fault)
            return fault;
        Hold(id, claim);
        return null;
    }

    /// <summary>Gives back what was set aside for an instance, if anything was.</summary>
    public void Release(InstanceId id)
    {
        Forget(id);
        _released.Add(id);
    }

    /// <summary>Null where a claim fits; else what is missing.</summary>
    public static Fault? Shortage(Claim claim, long memoryMb, int vcpus, string word)
    {
        if (claim.MemoryMb > memoryMb)
            return new Fault(FaultCode.NoCapacity, $"{claim.MemoryMb} MiB of memory are asked for; the host has {memoryMb} {word}.");
        return claim.Vcpus > vcpus
            ? new Fault(FaultCode.NoCapacity, $"{claim.Vcpus} processors are asked for; the host has {vcpus} {word}.")
            : null;
    }

    private void Forget(InstanceId id)
    {
        if (!_claims.Remove(id, out var claim))
            return;
        MemoryMb -= claim.MemoryMb;
        Vcpus -= claim.Vcpus;
    }
}

/// <summary>What is set aside for one instance.</summary>
/// <param name="MemoryMb">Memory, MiB.</param>
/// <param name="Vcpus">Processors.</param>
internal readonly record struct Claim(long MemoryMb, int Vcpus);

/// <summary>What a host may give away in all.</summary>
/// <param name="MemoryMb">Memory, MiB.</param>
/// <param name="Vcpus">Processors.</param>
/// <param name="Processors">Processors of the machine, which those given away share.</param>
internal readonly record struct HostCapacity(long MemoryMb, int Vcpus, int Processors)
{
    private const long MiB = 1024 * 1024;

    /// <summary>The capacity of a machine under the operator's settings.</summary>
    public static HostCapacity Of(Docker.EngineInfo engine, HostSettings settings)
    {
        var machine = MachineOf(engine, settings, reservedDiskMb: 0);
        return new HostCapacity(
            (long)((machine.MemoryMb - machine.ReservedMemoryMb) * machine.MemoryAllocationRatio),
            (int)(machine.Processors * machine.CpuAllocationRatio),
            machine.Processors);
    }

    /// <summary>What a machine has, and how much of it is given away. What is reserved is never more than there is.</summary>
    public static HostMachine MachineOf(Docker.EngineInfo engine, HostSettings settings, long reservedDiskMb) => new(
        engine.Processors, settings.CpuAllocationRatio, engine.MemoryBytes / MiB,
        Math.Min(settings.ReservedMemoryMb, engine.MemoryBytes / MiB), settings.MemoryAllocationRatio, reservedDiskMb);
}
