namespace NovaDocker.Domain.Common;

/// <summary>On whose behalf something is done. Empty parts are unknown, not anonymous.</summary>
/// <param name="UserId">Keystone's user id, or the operating system user of a commander without Keystone.</param>
/// <param name="ProjectId">Keystone's project id; empty without Keystone.</param>
/// <param name="Service">The program that asked: <c>novadocker</c>, <c>nova-compute</c>, <c>recovery</c>, …</param>
public sealed record Initiator(string UserId, string ProjectId, string Service)
{
    /// <summary>The node itself, continuing what a restart interrupted.</summary>
    public static readonly Initiator Recovery = new("", "", "recovery");

    /// <summary>The node itself, reporting what it saw of the Engine.</summary>
    public static readonly Initiator EngineWatch = new("", "", "engine-watch");

    /// <summary>The instance itself, staying up by its own policy.</summary>
    public static readonly Initiator Upkeep = new("", "", "upkeep");

    /// <summary>The node itself, reporting what it saw of the host's network devices.</summary>
    public static readonly Initiator NetworkWatch = new("", "", "network-watch");
}

/// <summary>Who asked, and by which request. The pair (request id, verb) makes a command idempotent.</summary>
/// <param name="RequestId">Nova's request id (<c>req-…</c>) or one of the commander's; 1 to 128 characters.</param>
/// <param name="Initiator">On whose behalf.</param>
public sealed record RequestContext(string RequestId, Initiator Initiator);
