namespace NovaDocker.Wire.Mapping;

/// <summary>A field holds what it may not hold. <see cref="WireTable"/> adds of which message.</summary>
internal sealed class WireFieldException(string field, string problem) : Exception(problem)
{
    public string Field { get; } = field;
}
