using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Vifs.Kinds;

/// <summary>A pair that somebody else finds and connects by himself, as Calico's agent does.</summary>
internal sealed class TapKind : IVifKind
{
    /// <inheritdoc/>
    public string? ProblemWith(Vif vif) => null;

    /// <inheritdoc/>
    public string BridgeOf(Vif vif) => "";

    /// <inheritdoc/>
    public string? MasterOf(Vif vif) => null;
}
