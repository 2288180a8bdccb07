namespace NovaDocker.Benchmarks.Harness;

/// <summary>What one thing measured, round after round.</summary>
/// <param name="values">The readings; at least one.</param>
internal sealed class Samples(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    /// <summary>Half of the readings are below it.</summary>
    public double Median => At(0.5);

    /// <summary>A quarter of the readings is below it.</summary>
    public double LowerQuartile => At(0.25);

    /// <summary>A quarter of the readings is above it.</summary>
    public double UpperQuartile => At(0.75);

    /// <summary>One reading in a hundred is above it.</summary>
    public double Slowest => At(0.99);

    /// <summary>The value below which the part of the readings lies, between two readings in proportion.</summary>
    private double At(double part)
    {
        var place = part * (_sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, _sorted.Length - 1);
        return _sorted[below] + ((_sorted[above] - _sorted[below]) * (place - below));
    }
}
