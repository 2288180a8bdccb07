using NovaDocker.Domain.Common;

namespace NovaDocker.Http.Problems;

/// <summary>Ends a request that cannot be answered otherwise.</summary>
/// <param name="kind">What kind of problem it is.</param>
/// <param name="detail">What is wrong, and what would be right.</param>
/// <param name="instance">The instance concerned; null where none is.</param>
internal sealed class ProblemException(ProblemKind kind, string detail, InstanceId? instance = null) : Exception(detail)
{
    /// <summary>What kind of problem it is.</summary>
    public ProblemKind Kind { get; } = kind;

    /// <summary>The instance concerned; null where none is.</summary>
    public InstanceId? Instance { get; } = instance;
}
