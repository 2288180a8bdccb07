namespace NovaDocker.UserData.Policy;

/// <summary>What the policy says to a bind.</summary>
/// <param name="Resolved">
/// The bind as the Engine is to have it, with every link in the host's path resolved; null where it is refused.
/// </param>
/// <param name="Rule">The rule that allows it; null where it is refused.</param>
/// <param name="Problem">Why it is refused: a sentence that names the policy's key; null where it is not.</param>
public sealed record HostBind(string? Resolved, HostPathRule? Rule, string? Problem)
{
    /// <summary>True where the path does not exist yet and <see cref="HostBinds.Make"/> would make it.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The host's path of <see cref="Resolved"/>; null where it is refused.</summary>
    public string? Source => Resolved?.Split(':')[0];

    internal static HostBind Refused(string problem) => new(null, null, problem);
}
