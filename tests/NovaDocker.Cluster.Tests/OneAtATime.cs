namespace NovaDocker.Cluster.Tests;

/// <summary>Tests of how long something takes, or that nobody had to wait for long: none runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    public const string Name = "One at a time";
}
