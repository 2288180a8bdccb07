namespace NovaDocker.Domain.Instances;

/// <summary>One carrying-out of a verb on one instance.</summary>
/// <param name="Value">A UUID.</param>
public readonly record struct OperationId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
