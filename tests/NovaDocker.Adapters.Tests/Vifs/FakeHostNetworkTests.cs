using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>The fake keeps the contract.</summary>
public sealed class FakeHostNetworkTests : HostNetworkContract
{
    private readonly HashSet<string> _namespaces = [];
    private readonly FakeHostNetwork _network;
    private int _last;

    public FakeHostNetworkTests() => _network = new FakeHostNetwork
    {
        HasNamespace = _namespaces.Contains,
        Problem = vif => vif.Type == Unpluggable ? "its type says so" : null,
    };

    protected override IHostNetwork Network => _network;

    protected override HostId Host { get; } = new("host-1");

    protected override Task<string> NewNamespaceAsync()
    {
        var path = $"/run/netns/{++_last}";
        _namespaces.Add(path);
        return Task.FromResult(path);
    }

    protected override Task EndNamespaceAsync(string path)
    {
        _namespaces.Remove(path);
        _network.DeleteNamespace(path);
        return Task.CompletedTask;
    }

    protected override string NewBridgeName() => $"br{++_last}";

    protected override Task<bool> HasDeviceAsync(string name) => Task.FromResult(
        _network.Devices.ContainsKey(name) || _network.Bridges.Contains(name)
        || _network.BridgesOfOthers.Contains(name) || _network.DevicesOfOthers.Contains(name));

    protected override Task MakeBridgeAsync(string name) => Task.FromResult(_network.BridgesOfOthers.Add(name));

    protected override Task MakeDeviceAsync(string name) => Task.FromResult(_network.DevicesOfOthers.Add(name));

    protected override Task DeleteDeviceAsync(string name)
    {
        _network.Delete(name);
        return Task.CompletedTask;
    }

    protected override Task TakeOutOfBridgeAsync(string name)
    {
        _network.TakeOut(name);
        return Task.CompletedTask;
    }

    /// <summary>Those of others are not made anew: they have none.</summary>
    protected override Task<int> IndexOfAsync(string name) =>
        Task.FromResult(_network.DevicesOfOthers.Contains(name) ? 0 : _network.IndexOf(name));
}
