namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>A lab that the tests of one class share.</summary>
public sealed class RunningLab : IAsyncLifetime
{
    private Lab? _lab;

    /// <summary>The lab; skips the test where there is no Engine.</summary>
    public Lab Lab => _lab ?? throw new SkipException(TestEngine.AddressOrSkip().ToString());

    public async Task InitializeAsync()
    {
        if (TestEngine.IsThere)
            _lab = await Lab.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_lab is not null)
            await _lab.DisposeAsync();
    }
}
