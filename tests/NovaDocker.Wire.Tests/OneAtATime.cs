namespace NovaDocker.Wire.Tests;

/// <summary>Tests that count what the whole process does: none runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    public const string Name = "One at a time";
}
