using Xunit.Abstractions;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>The rows of instances with ports: what befalls sandboxes, bridges and devices.</summary>
public sealed class PortFaultMatrixTests(ITestOutputHelper output) : FaultMatrix(output)
{
    public static TheoryData<string> Scenarios => Scenario.Names(scenario => scenario.HasPorts);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task Whatever_call_fails_in_whatever_way_all_agree_afterwards(string name) => JudgeAsync(name);
}
