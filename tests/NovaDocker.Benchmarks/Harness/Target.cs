using System.Globalization;

namespace NovaDocker.Benchmarks.Harness;

/// <summary>What a ratio should be.</summary>
/// <param name="Bound">The bound.</param>
/// <param name="IsMost">True where the ratio is to be at most the bound, false where it is to be at least that.</param>
internal sealed record Target(double Bound, bool IsMost)
{
    /// <summary>The target with whether the ratio meets it.</summary>
    public string Judge(double ratio) => string.Create(
        CultureInfo.InvariantCulture,
        $"target: at {(IsMost ? "most" : "least")} {Bound:0.00}, {((IsMost ? ratio <= Bound : ratio >= Bound) ? "met" : "MISSED")}");
}
