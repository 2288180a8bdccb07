using Xunit.Abstractions;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>The rows of all other verbs.</summary>
public sealed class PowerFaultMatrixTests(ITestOutputHelper output) : FaultMatrix(output)
{
    public static TheoryData<string> Scenarios => Scenario.Names(scenario => !FaultMatrixTests.Makes(scenario) && !scenario.HasPorts);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task Whatever_call_fails_in_whatever_way_all_agree_afterwards(string name) => JudgeAsync(name);
}
