using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Instances;

/// <summary>What a commander is shown of an instance. No secret is in it.</summary>
/// <param name="Id">The instance.</param>
/// <param name="Revision">Number of its events so far.</param>
/// <param name="Name">Its display name.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Nova">The same in Nova's words.</param>
/// <param name="Host">The host it lives on.</param>
/// <param name="Image">The image it was booted from.</param>
/// <param name="EngineImageId">The digest of what it runs; null until known.</param>
/// <param name="ContainerId">Its container; null where it has none.</param>
/// <param name="MemoryMb">Its memory limit, MiB.</param>
/// <param name="Vcpus">Its processors.</param>
/// <param name="Command">The command it was given; empty for the image's.</param>
/// <param name="EnvironmentNames">The names of its environment variables.</param>
/// <param name="ProjectId">The project it belongs to.</param>
/// <param name="UserId">Who booted it.</param>
/// <param name="CreatedAt">When its boot was accepted.</param>
/// <param name="Since">Since when it has been in its phase.</param>
/// <param name="Operation">What is under way; null where it rests.</param>
/// <param name="LastExit">How its process last ended; null while it runs or where it never did.</param>
/// <param name="Fault">What last went wrong, until an operation succeeds.</param>
public sealed record InstanceView(
    InstanceId Id,
    long Revision,
    string Name,
    InstancePhase Phase,
    NovaStates Nova,
    HostId Host,
    ResolvedImage Image,
    string? EngineImageId,
    string? ContainerId,
    long MemoryMb,
    int Vcpus,
    EquatableArray<string> Command,
    EquatableArray<string> EnvironmentNames,
    string ProjectId,
    string UserId,
    DateTimeOffset CreatedAt,
    DateTimeOffset Since,
    OperationView? Operation,
    ContainerExit? LastExit,
    Fault? Fault)
{
    /// <summary>When its process was last started; null where it never was.</summary>
    public DateTimeOffset? RunStartedAt { get; init; }

    /// <summary>The name that somebody gave its container behind our back; null while it has ours.</summary>
    public string? ContainerAlias { get; init; }

    /// <summary>What it does by itself to stay up.</summary>
    public UpkeepPolicy Upkeep { get; init; } = UpkeepPolicy.None;

    /// <summary>How often in a row it was started again by itself.</summary>
    public int Restarts { get; init; }

    /// <summary>What its health checks said last; null where nothing was heard of any.</summary>
    public HealthStatus? Health { get; init; }

    /// <summary>Its container's options, each with where it comes from, in the order of their names; none in lists.</summary>
    public EquatableArray<OptionView> Options { get; init; } = [];

    /// <summary>What its user data was; null where it had none, and in lists.</summary>
    public UserDataRecord? UserData { get; init; }

    /// <summary>Its ports.</summary>
    public EquatableArray<InstancePort> Ports { get; init; } = [];

    /// <summary>The container that owns its network namespace; null where it has none.</summary>
    public string? SandboxId { get; init; }

    /// <summary>True while its sandbox is believed to run.</summary>
    public bool IsSandboxUp { get; init; }

    /// <summary>The size it had before a resize that is neither confirmed nor taken back; null where there is none.</summary>
    public InstanceSize? OtherSize { get; init; }

    /// <summary>Its rescue; null where there is none.</summary>
    public RescueFacts? Rescue { get; init; }

    /// <summary>The view of a state; null of one that holds no instance.</summary>
    public static InstanceView? Of(InstanceState state, TransferProgress? progress = null) =>
        state is InstanceState.Existing { Facts: var facts }
            ? new InstanceView(
                facts.InstanceId, facts.Revision, facts.Spec.Name, state.Phase, NovaStates.Of(state), facts.Host, facts.Image,
                facts.EngineImageId, facts.ContainerId, facts.Spec.MemoryMb, facts.Spec.Vcpus, facts.Spec.Command,
                facts.Spec.Environment.Keys.ToEquatableArray(), facts.Owner.ProjectId, facts.Owner.UserId,
                facts.CreatedAt, facts.Since, OperationView.Of(state, progress), facts.CurrentExit, facts.LastFault)
            {
                RunStartedAt = facts.RunStartedAt,
                ContainerAlias = facts.ContainerAlias,
                Upkeep = facts.Spec.Upkeep,
                Restarts = facts.Restarts,
                Health = facts.Health,
                Options = OptionViews.Of(facts),
                UserData = facts.Spec.UserData,
                Ports = facts.Ports,
                SandboxId = facts.SandboxId,
                OtherSize = facts.OtherSize,
                Rescue = facts.Rescue,
                IsSandboxUp = facts.SandboxStartedAt is not null,
            }
            : null;
}

/// <summary>What a commander is shown of an operation under way.</summary>
/// <param name="Id">The operation.</param>
/// <param name="Verb">What it carries out.</param>
/// <param name="Step">The step it is at; null between two.</param>
/// <param name="Attempt">How often the step has been tried, this time included.</param>
/// <param name="RetryAt">When the step is tried again; null while it is being tried.</param>
/// <param name="Progress">How far a transfer has come; null where none is.</param>
public sealed record OperationView(
    OperationId Id, InstanceVerb Verb, StepKind? Step, int Attempt, DateTimeOffset? RetryAt, TransferProgress? Progress)
{
    internal static OperationView? Of(InstanceState state, TransferProgress? progress) =>
        state is InstanceState.Working { Operation: var operation }
            ? new OperationView(
                operation.Id, operation.Verb, operation.CurrentStep, operation.Attempt, operation.RetryAt, progress)
            : null;
}
