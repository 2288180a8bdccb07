using System.Runtime.CompilerServices;
using Google.Protobuf.Collections;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Wire.Mapping;

/// <summary>The values that instance messages of every kind share.</summary>
internal static class InstanceValueMapping
{
    public static V1.InstanceSpec ToWire(this InstanceSpec spec)
    {
        var wire = new V1.InstanceSpec
        {
            Name = spec.Name,
            MemoryMb = spec.MemoryMb,
            Vcpus = spec.Vcpus,
            HealthCheck = spec.HealthCheck?.ToWire(),
            Upkeep = spec.Upkeep.ToWire(),
            UserData = spec.UserData?.ToWire(),
        };
        if (spec.PublicKey is { } key)
            wire.PublicKey = key;
        wire.Command.AddRange(spec.Command);
        spec.Environment.AddTo(wire.Environment);
        spec.Options.AddTo(wire.Options);
        spec.Origins.AddTo(wire.Origins);
        wire.Vifs.AddRange(spec.Vifs.Select(vif => vif.ToWire()));
        wire.Files.AddRange(spec.Files.Select(file => file.ToWire()));
        return wire;
    }

    public static InstanceSpec ToDomain(this V1.InstanceSpec wire) => new(
        wire.Name, wire.MemoryMb, wire.Vcpus, wire.Command.ToEquatableArray(), wire.Environment.ToSealed())
    {
        HealthCheck = wire.HealthCheck?.ToDomain(),
        Upkeep = wire.Upkeep.ToDomain(),
        Options = wire.Options.ToOptions(),
        Origins = wire.Origins.ToOrigins(),
        UserData = wire.UserData?.ToDomain(),
        PublicKey = wire.HasPublicKey ? wire.PublicKey : null,
        Vifs = wire.Vifs.Select(vif => vif.ToDomain()).ToEquatableArray(),
        Files = wire.Files.Select(file => file.ToDomain()).ToEquatableArray(),
    };

    public static V1.ContainerExit ToWire(this ContainerExit exit) => new()
    {
        RunStartedAt = exit.RunStartedAt.ToWire(),
        FinishedAt = exit.FinishedAt.ToWire(),
        ExitCode = exit.ExitCode,
        OutOfMemory = exit.OutOfMemory,
        Output = exit.Output,
    };

    public static ContainerExit ToDomain(this V1.ContainerExit wire) =>
        new(wire.RunStartedAt.ToTime(), wire.FinishedAt.ToTime(), wire.ExitCode, wire.OutOfMemory) { Output = wire.Output };

    public static V1.FencingToken ToWire(this FencingToken token) => new()
    {
        Revision = token.Revision,
        Writer = token.Writer.ToWire(),
    };

    public static FencingToken ToDomain(this V1.FencingToken wire) => new(wire.Revision, wire.Writer.ToGuid());

    public static void AddTo(this EquatableArray<StepKind> steps, RepeatedField<V1.StepKind> wire) =>
        wire.AddRange(steps.Select(step => step.ToWire()));

    public static EquatableArray<StepKind> ToSteps(
        this RepeatedField<V1.StepKind> wire, [CallerArgumentExpression(nameof(wire))] string field = "") =>
        wire.Select(step => step.ToDomain(field)).ToEquatableArray();

    public static V1.StepResult ToWire(this StepResult result) => result switch
    {
        StepResult.Done => new() { Done = new() },
        StepResult.ImageReady r => new() { ImageReady = ToWire(r) },
        StepResult.ContainerCreated r => new()
        {
            ContainerCreated = new() { ContainerId = r.ContainerId, Adopted = r.Adopted },
        },
        StepResult.ContainerStarted r => new()
        {
            ContainerStarted = new() { RunStartedAt = r.RunStartedAt.ToWire(), Exit = r.Exit?.ToWire() },
        },
        StepResult.ContainerStopped r => new() { ContainerStopped = new() { Exit = r.Exit?.ToWire() } },
        StepResult.SnapshotCommitted r => new()
        {
            SnapshotCommitted = new() { EngineImageId = r.EngineImageId, Adopted = r.Adopted },
        },
        StepResult.SnapshotUploaded r => new()
        {
            SnapshotUploaded = new() { Checksum = r.Checksum, Bytes = r.Bytes },
        },
        StepResult.SandboxReady r => new()
        {
            SandboxReady = new() { SandboxId = r.SandboxId, StartedAt = r.StartedAt.ToWire(), Adopted = r.Adopted },
        },
        StepResult.VifsPlugged r => new() { VifsPlugged = ToWire(r) },
        StepResult.VifsAwaited r => new() { VifsAwaited = new() { Outcome = r.Outcome.ToWire(), Detail = r.Detail } },
        _ => throw FieldMapping.Wrong("Result", $"{result.GetType().Name} has no place on the wire."),
    };

    public static StepResult ToDomain(this V1.StepResult wire) => wire.ResultCase switch
    {
        V1.StepResult.ResultOneofCase.Done => new StepResult.Done(),
        V1.StepResult.ResultOneofCase.ImageReady => new StepResult.ImageReady(
            wire.ImageReady.EngineImageId, wire.ImageReady.Checksum, wire.ImageReady.Bytes, wire.ImageReady.Source)
        {
            Defaults = wire.ImageReady.Defaults.ToOptions(),
        },
        V1.StepResult.ResultOneofCase.ContainerCreated => new StepResult.ContainerCreated(
            wire.ContainerCreated.ContainerId, wire.ContainerCreated.Adopted),
        V1.StepResult.ResultOneofCase.ContainerStarted => new StepResult.ContainerStarted(
            wire.ContainerStarted.RunStartedAt.ToTime(), wire.ContainerStarted.Exit?.ToDomain()),
        V1.StepResult.ResultOneofCase.ContainerStopped => new StepResult.ContainerStopped(
            wire.ContainerStopped.Exit?.ToDomain()),
        V1.StepResult.ResultOneofCase.SnapshotCommitted => new StepResult.SnapshotCommitted(
            wire.SnapshotCommitted.EngineImageId, wire.SnapshotCommitted.Adopted),
        V1.StepResult.ResultOneofCase.SnapshotUploaded => new StepResult.SnapshotUploaded(
            wire.SnapshotUploaded.Checksum, wire.SnapshotUploaded.Bytes),
        V1.StepResult.ResultOneofCase.SandboxReady => new StepResult.SandboxReady(
            wire.SandboxReady.SandboxId, wire.SandboxReady.StartedAt.ToTime(), wire.SandboxReady.Adopted),
        V1.StepResult.ResultOneofCase.VifsPlugged => new StepResult.VifsPlugged(
            wire.VifsPlugged.Vifs.Select(vif => vif.ToDomain()).ToEquatableArray()),
        V1.StepResult.ResultOneofCase.VifsAwaited => new StepResult.VifsAwaited(
            wire.VifsAwaited.Outcome.ToDomain(), wire.VifsAwaited.Detail),
        _ => throw FieldMapping.Wrong("Result", "it is none that this version knows."),
    };

    private static V1.StepResult.Types.ImageReady ToWire(StepResult.ImageReady result)
    {
        var wire = new V1.StepResult.Types.ImageReady
        {
            EngineImageId = result.EngineImageId,
            Checksum = result.Checksum,
            Bytes = result.Bytes,
            Source = result.Source,
        };
        result.Defaults.AddTo(wire.Defaults);
        return wire;
    }

    private static V1.StepResult.Types.VifsPlugged ToWire(StepResult.VifsPlugged result)
    {
        var wire = new V1.StepResult.Types.VifsPlugged();
        wire.Vifs.AddRange(result.Vifs.Select(vif => vif.ToWire()));
        return wire;
    }
}
