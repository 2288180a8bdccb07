using NovaDocker.Domain.Common;
using NovaDocker.UserData.Policy;

namespace NovaDocker.UserData.Settling;

/// <summary>Under which terms a host takes boots in.</summary>
/// <param name="Policy">What user data may ask for.</param>
/// <param name="Paths">The host's file system.</param>
/// <param name="Processors">How many processors the host has; null where that is not known.</param>
public sealed record HostTerms(ContainerPolicy Policy, IHostPaths Paths, int? Processors)
{
    /// <summary>
    /// Finds the instance that a name in user data means, or says why there is none; null where instances cannot be looked
    /// up, as when a document is only checked.
    /// </summary>
    public Func<string, NamedInstance>? FindInstance { get; init; }
}

/// <summary>What a name in user data means.</summary>
/// <param name="Id">The instance; null where there is none that may be meant.</param>
/// <param name="Problem">Why there is none; null where there is one.</param>
public sealed record NamedInstance(InstanceId? Id, string? Problem);
