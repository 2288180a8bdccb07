using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing.OpenStack;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests.OpenStack;

/// <summary>Tests of one class share a lab with a cloud. What the node logged is shown beside a test that failed.</summary>
public abstract class CloudTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>One after the other: some of them kill the Glance that all of them use.</summary>
    public const string Collection = "The cloud";

    private CloudLab? _lab;

    protected CloudLab Lab => _lab!;

    /// <summary>What is set otherwise for the node of these tests.</summary>
    protected virtual string Change => "";

    public virtual async Task InitializeAsync()
    {
        if (TestEngine.IsThere && TestCloud.Find() is not null)
            _lab = await CloudLab.StartAsync(Change);
    }

    public virtual async Task DisposeAsync()
    {
        if (_lab is null)
            return;
        output.WriteLine(_lab.Host.Log);
        await _lab.DisposeAsync();
    }

    /// <summary>Skips the test where there is no Engine or no cloud.</summary>
    protected static void NeedsCloud()
    {
        TestEngine.AddressOrSkip();
        Skip.If(TestCloud.Find() is null, TestCloud.Need);
    }
}
