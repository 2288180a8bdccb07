namespace NovaDocker.Benchmarks.Harness;

/// <summary>
/// Readings of the product and of its baseline, taken in turns: what the machine does besides meets both alike, and the
/// ratio is taken within each pair.
/// </summary>
internal sealed class Pairs
{
    private readonly List<(double Product, double Baseline)> _pairs = [];

    /// <summary>Adds a pair.</summary>
    public void Add(double product, double baseline) => _pairs.Add((product, baseline));

    /// <summary>How many there are.</summary>
    public int Count => _pairs.Count;

    /// <summary>The product's readings.</summary>
    public Samples Product => new(_pairs.Select(pair => pair.Product));

    /// <summary>The baseline's readings.</summary>
    public Samples Baseline => new(_pairs.Select(pair => pair.Baseline));

    /// <summary>The product's reading less the baseline's, pair by pair.</summary>
    public Samples Difference => new(_pairs.Select(pair => pair.Product - pair.Baseline));

    /// <summary>The product's reading over the baseline's, pair by pair.</summary>
    public Samples Ratio => new(_pairs.Select(pair => pair.Product / pair.Baseline));
}
