namespace NovaDocker.Domain.Vifs;

/// <summary>A port that is not plugged as it is to be.</summary>
/// <param name="Port">The port.</param>
/// <param name="Problem">What is wrong with it, in a sentence.</param>
public sealed record VifProblem(PortId Port, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Port}: {Problem}";
}
