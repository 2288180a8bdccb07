using NovaDocker.Domain.Instances;
using Xunit.Abstractions;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>The rows of verbs that make or remove something.</summary>
public sealed class FaultMatrixTests(ITestOutputHelper output) : FaultMatrix(output)
{
    public static TheoryData<string> Scenarios => Scenario.Names(Makes);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task Whatever_call_fails_in_whatever_way_all_agree_afterwards(string name) => JudgeAsync(name);

    /// <summary>True of a row that is in here; the others are in <see cref="PowerFaultMatrixTests"/> and <see cref="PortFaultMatrixTests"/>.</summary>
    internal static bool Makes(Scenario scenario) =>
        scenario.Verb is InstanceVerb.Boot or InstanceVerb.Snapshot or InstanceVerb.Delete && !scenario.HasPorts;
}
