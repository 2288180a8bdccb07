using NovaDocker.EndToEnd.Tests.Equipment;

namespace NovaDocker.EndToEnd.Tests.Networks;

/// <summary>A network lab that the tests of one class share.</summary>
public sealed class RunningNetworkLab : IAsyncLifetime
{
    private NetworkLab? _lab;

    /// <summary>The lab; skips the test where there is no Engine, or no right to make devices.</summary>
    public NetworkLab Lab => _lab ?? throw new SkipException(
        Environment.UserName == "root" ? TestEngine.AddressOrSkip().ToString() : "needs root: devices are made");

    public async Task InitializeAsync()
    {
        if (TestEngine.IsThere && Environment.UserName == "root")
            _lab = await NetworkLab.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_lab is not null)
            await _lab.DisposeAsync();
    }
}
