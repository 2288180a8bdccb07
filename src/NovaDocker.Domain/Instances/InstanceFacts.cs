using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Instances;

/// <summary>What is known of an instance in every phase.</summary>
/// <param name="InstanceId">Which instance.</param>
/// <param name="Revision">Number of events applied; equals the journal's sequence number of the last of them.</param>
/// <param name="Spec">What it is to be.</param>
/// <param name="Image">What it was booted from.</param>
/// <param name="Host">Where it lives.</param>
/// <param name="Owner">On whose behalf it was booted.</param>
/// <param name="CreatedAt">When its boot was accepted.</param>
/// <param name="Since">When it entered its phase.</param>
/// <param name="EngineImageId">The digest of what it runs; null until the image is ready.</param>
/// <param name="ContainerId">Its container; null where it has none.</param>
/// <param name="RunStartedAt">When its container was last started; null where it never was.</param>
/// <param name="LastExit">The last end of its process that is known; it may be that of an earlier run.</param>
/// <param name="LastFault">What last went wrong, until an operation succeeds.</param>
/// <param name="Answers">The answers given to recent requests, oldest first.</param>
public sealed record InstanceFacts(
    InstanceId InstanceId,
    long Revision,
    InstanceSpec Spec,
    ResolvedImage Image,
    HostId Host,
    Initiator Owner,
    DateTimeOffset CreatedAt,
    DateTimeOffset Since,
    string? EngineImageId,
    string? ContainerId,
    DateTimeOffset? RunStartedAt,
    ContainerExit? LastExit,
    Fault? LastFault,
    EquatableArray<RecordedAnswer> Answers)
{
    /// <summary>The name that somebody gave its container behind our back; null while it has ours.</summary>
    public string? ContainerAlias { get; init; }

    /// <summary>What the health checks of the present run said last; null where nothing was heard of any.</summary>
    public HealthStatus? Health { get; init; }

    /// <summary>What its image says of itself; nothing until the image is ready.</summary>
    public ContainerOptions ImageDefaults { get; init; } = ContainerOptions.None;

    /// <summary>How often in a row it was started again by itself.</summary>
    public int Restarts { get; init; }

    /// <summary>The container that owns its network namespace; null where it has none.</summary>
    public string? SandboxId { get; init; }

    /// <summary>When its sandbox was last started, which tells one namespace from another; null where it does not run.</summary>
    public DateTimeOffset? SandboxStartedAt { get; init; }

    /// <summary>Its ports; one that is being attached or detached is among them as long as something of it may be on the host.</summary>
    public EquatableArray<InstancePort> Ports { get; init; } = [];

    /// <summary>How often in a row its ports were plugged again by itself, whether that failed or did not hold.</summary>
    public int Repairs { get; init; }

    /// <summary>
    /// The size it had before a resize that is neither confirmed nor taken back; while that is being taken back, the size it had
    /// in between. Null where there is none.
    /// </summary>
    public InstanceSize? OtherSize { get; init; }

    /// <summary>What it was before a rebuild, as long as its container is of that; else null.</summary>
    public FormerImage? Former { get; init; }

    /// <summary>Its rescue; null where there is none.</summary>
    public RescueFacts? Rescue { get; init; }

    /// <summary>
    /// How many answers are kept. A request repeated after that many others is taken for a new one: long before, the
    /// commander that sent it has given up.
    /// </summary>
    public const int MaxAnswers = 64;

    /// <summary>How the present run of the container ended; null while it goes on.</summary>
    public ContainerExit? CurrentExit => LastExit is { } exit && exit.RunStartedAt == RunStartedAt ? exit : null;

    /// <summary>The answer given before to this verb by this request; null where there is none.</summary>
    public InstanceProtocol.CommandReply? AnswerTo(string requestId, InstanceVerb verb) =>
        Answers.LastOrDefault(answer => answer.Verb == verb && answer.RequestId == requestId)?.Reply;

    internal InstanceFacts WithoutContainer() =>
        this with { ContainerId = null, ContainerAlias = null, Health = null, Former = null };

    /// <summary>What it was before a rebuild that came to nothing while its container was still of that.</summary>
    internal InstanceFacts AsFormerly() => Former is not { } former ? this : this with
    {
        Spec = former.Spec,
        Image = former.Image,
        EngineImageId = former.EngineImageId,
        ImageDefaults = former.ImageDefaults,
        Former = null,
    };

    /// <summary>The other size in place of this one, and this one kept.</summary>
    internal InstanceFacts WithOtherSize() => OtherSize is not { } other ? this : this with
    {
        Spec = other.In(Spec),
        OtherSize = InstanceSize.Of(Spec),
    };

    internal InstanceFacts InSandbox(StepResult.SandboxReady ready, bool keepsPorts) =>
        (keepsPorts || ready.StartedAt == SandboxStartedAt ? this : Unplugged()) with
        {
            SandboxId = ready.SandboxId,
            SandboxStartedAt = ready.StartedAt,
        };

    internal InstanceFacts WithoutSandbox() => Unplugged() with { SandboxId = null, SandboxStartedAt = null };

    internal InstanceFacts Plugged(IEnumerable<PortId> ports, bool isPlugged)
    {
        var named = ports.ToHashSet();
        return this with
        {
            Ports = Ports.Select(port => named.Contains(port.Vif.Id) ? port with { IsPlugged = isPlugged } : port).ToEquatableArray(),
        };
    }

    internal InstanceFacts WithoutPort(PortId gone) =>
        this with { Ports = Ports.Where(port => port.Vif.Id != gone).ToEquatableArray() };

    internal InstanceFacts Unplugged() => Plugged(Ports.Select(port => port.Vif.Id), isPlugged: false);

    internal InstanceFacts Started(DateTimeOffset runStartedAt) =>
        RunStartedAt == runStartedAt ? this : this with { RunStartedAt = runStartedAt, Health = null };

    internal InstanceFacts Ended(ContainerExit exit) => Started(exit.RunStartedAt) with { LastExit = exit, Health = null };

    internal InstanceFacts Drifted(InstanceProtocol.ContainerDrifted e) => e.Drift switch
    {
        DriftKind.Renamed => this with { ContainerAlias = e.Name == ContainerDrift.NameOf(InstanceId) ? null : e.Name },
        DriftKind.Started or DriftKind.Restarted when e.RunStartedAt is { } started => Started(started),
        _ => this,
    };

    internal InstanceFacts Answered(string requestId, InstanceVerb verb, InstanceProtocol.CommandReply reply)
    {
        var kept = Answers.Count < MaxAnswers ? Answers : Answers.RemoveFirst();
        return this with { Answers = kept.Add(new RecordedAnswer(requestId, verb, reply)) };
    }
}

/// <summary>An answer given to a request.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Verb">What it asked.</param>
/// <param name="Reply">The answer.</param>
public sealed record RecordedAnswer(string RequestId, InstanceVerb Verb, InstanceProtocol.CommandReply Reply);
