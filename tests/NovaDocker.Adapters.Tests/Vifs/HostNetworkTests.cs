using System.Globalization;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>The adapter keeps the contract with the kernel of this machine.</summary>
public sealed class HostNetworkTests : HostNetworkContract, IAsyncLifetime
{
    private readonly VifLab _lab = new();
    private IHostNetwork? _network;

    protected override IHostNetwork Network => _network ??= _lab.Open();

    protected override HostId Host => _lab.Host;

    public Task InitializeAsync() => _lab.InitializeAsync();

    public Task DisposeAsync() => _lab.DisposeAsync();

    protected override Task<string> NewNamespaceAsync() => _lab.NewNamespaceAsync();

    protected override Task EndNamespaceAsync(string path) => _lab.EndNamespaceAsync(path);

    protected override string NewBridgeName() => _lab.NewName();

    protected override Task<bool> HasDeviceAsync(string name) => Task.FromResult(Directory.Exists($"/sys/class/net/{name}"));

    protected override Task MakeBridgeAsync(string name) => MakeAsync(name, "bridge");

    protected override Task MakeDeviceAsync(string name) => MakeAsync(name, "veth");

    protected override Task DeleteDeviceAsync(string name) => _lab.DoAsync("ip", "link", "delete", "dev", name);

    protected override Task TakeOutOfBridgeAsync(string name) => _lab.DoAsync("ip", "link", "set", "dev", name, "nomaster");

    protected override async Task<int> IndexOfAsync(string name) =>
        int.Parse(await File.ReadAllTextAsync($"/sys/class/net/{name}/ifindex"), CultureInfo.InvariantCulture);

    private async Task MakeAsync(string name, string type)
    {
        _lab.SkipWithoutRights();
        _lab.WillRemove(name);
        await _lab.DoAsync("ip", "link", "add", "name", name, "type", type);
    }
}
