using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>Tests that share a lab. What the node logged is shown beside a test that failed.</summary>
public abstract class LabTests(RunningLab running, ITestOutputHelper output) : IClassFixture<RunningLab>, IDisposable
{
    protected Lab Lab => running.Lab;

    public void Dispose()
    {
        if (TestEngine.IsThere)
            output.WriteLine(Lab.Log);
        GC.SuppressFinalize(this);
    }
}
