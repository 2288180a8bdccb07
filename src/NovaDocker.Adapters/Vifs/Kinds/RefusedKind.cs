using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Kinds;

/// <summary>A type of which no port can be plugged.</summary>
/// <param name="reason">Why not, and what would be right.</param>
internal sealed class RefusedKind(string reason) : IVifKind
{
    /// <inheritdoc/>
    public string? ProblemWith(Vif vif) => reason;

    /// <inheritdoc/>
    public string BridgeOf(Vif vif) => "";

    /// <inheritdoc/>
    public string? MasterOf(Vif vif) => null;
}
