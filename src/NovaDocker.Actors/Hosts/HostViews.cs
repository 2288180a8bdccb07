using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;

namespace NovaDocker.Actors.Hosts;

/// <summary>What a host tells of itself.</summary>
internal sealed class HostViews(
    HostIdentity identity,
    HostSettings settings,
    HostSurroundings surroundings,
    string engineAddress,
    EngineStanding engine,
    ClaimLedger claims,
    StepIntake intake)
{
    /// <summary>The whole of it.</summary>
    /// <param name="capacity">What it may give away; null until the Engine was seen.</param>
    public HostView Of(HostCapacity? capacity) => new(
        identity.Id, identity.Name, identity.Address, engine.State, engine.Version, engineAddress,
        capacity?.MemoryMb ?? 0, claims.MemoryMb, capacity?.Vcpus ?? 0, claims.Vcpus, claims.Count, intake.Running,
        engine.Problem)
    {
        StepsWaiting = intake.Held,
        EngineRestarts = engine.Restarts,
        StepsInHand = intake.InHand().Take(HostView.MaxSteps).ToEquatableArray(),
        EngineApiVersion = engine.LastSeen?.ApiVersion ?? "",
        Machine = engine.LastSeen is { } machine ? HostCapacity.MachineOf(machine, settings, surroundings.DiskReservedMb) : null,
        Disk = engine.LastSeen is { RootDirectory: { Length: > 0 } root } ? surroundings.Disk.Of(root) : null,
        JournalProblem = surroundings.JournalProblem(),
    };

    /// <summary>Why nothing can be said of its capacity.</summary>
    public string NoEngine() =>
        $"The Docker Engine at {engineAddress} has not answered since the node started: {engine.Problem}";

    /// <summary>Why nothing is begun with its Engine.</summary>
    public string EngineAway() => engine.Problem is { } problem
        ? $"The Docker Engine at {engineAddress} does not answer: {problem}"
        : $"The Docker Engine at {engineAddress} was restarted, and its containers are being looked at.";
}
