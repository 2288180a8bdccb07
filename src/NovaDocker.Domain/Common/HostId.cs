namespace NovaDocker.Domain.Common;

/// <summary>
/// The stable id of a compute host. It is kept in a file of the node's data directory and not derived from the host's
/// name: a renamed host must not lose its instances, nor take over another's.
/// </summary>
/// <param name="Value">A UUID as text.</param>
public readonly record struct HostId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
