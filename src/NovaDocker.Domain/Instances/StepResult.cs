using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Instances;

/// <summary>What a step brought about. One case for each kind of knowledge that a step adds to the instance.</summary>
public abstract record StepResult
{
    private StepResult()
    {
    }

    /// <summary>Done; there is nothing more to say.</summary>
    public sealed record Done : StepResult;

    /// <summary>The image is in the Engine.</summary>
    /// <param name="EngineImageId">Its id there, <c>sha256:…</c>: what the container will be made of.</param>
    /// <param name="Checksum">Of the archive's bytes, as verified on the way; empty where the Engine had it already.</param>
    /// <param name="Bytes">How many bytes came over; 0 where the Engine had it already.</param>
    /// <param name="Source">Where they came from: <c>engine</c>, <c>shared-directory</c> or <c>store</c>.</param>
    public sealed record ImageReady(string EngineImageId, string Checksum, long Bytes, string Source) : StepResult
    {
        /// <summary>What the image says of itself, for what nobody else says anything about.</summary>
        public ContainerOptions Defaults { get; init; } = ContainerOptions.None;
    }

    /// <summary>The container is there.</summary>
    /// <param name="ContainerId">The Engine's id.</param>
    /// <param name="Adopted">True where it had been made by an earlier attempt.</param>
    public sealed record ContainerCreated(string ContainerId, bool Adopted) : StepResult;

    /// <summary>The container was started.</summary>
    /// <param name="RunStartedAt">When, by the Engine's clock.</param>
    /// <param name="Exit">How it ended, where that had happened already; else null.</param>
    public sealed record ContainerStarted(DateTimeOffset RunStartedAt, ContainerExit? Exit) : StepResult;

    /// <summary>The container's process has ended.</summary>
    /// <param name="Exit">How; null where it had never run.</param>
    public sealed record ContainerStopped(ContainerExit? Exit) : StepResult;

    /// <summary>The local image of a snapshot is there.</summary>
    /// <param name="EngineImageId">Its id in the Engine.</param>
    /// <param name="Adopted">True where it had been made by an earlier attempt.</param>
    public sealed record SnapshotCommitted(string EngineImageId, bool Adopted) : StepResult;

    /// <summary>The snapshot is in the image store.</summary>
    /// <param name="Checksum">Of the stored bytes.</param>
    /// <param name="Bytes">How many.</param>
    public sealed record SnapshotUploaded(string Checksum, long Bytes) : StepResult;

    /// <summary>The sandbox is there and runs.</summary>
    /// <param name="SandboxId">The Engine's id.</param>
    /// <param name="StartedAt">When it was started: another time is another namespace.</param>
    /// <param name="Adopted">True where it ran already.</param>
    public sealed record SandboxReady(string SandboxId, DateTimeOffset StartedAt, bool Adopted) : StepResult;

    /// <summary>A boot waited for Neutron, and goes on.</summary>
    /// <param name="Outcome">What became of the ports.</param>
    /// <param name="Detail">The same in the words of who told it; empty for none.</param>
    public sealed record VifsAwaited(VifPluggingOutcome Outcome, string Detail) : StepResult;

    /// <summary>The ports are plugged.</summary>
    public sealed record VifsPlugged(EquatableArray<PluggedVif> Vifs) : StepResult;
}
