using System.Globalization;
using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs;
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

    [Theory]
    [InlineData("unbound", "bind it")]
    [InlineData("binding_failed", "agent")]
    [InlineData("wibble", "known are bridge, ovs, tap")]
    public void What_keeps_a_port_from_being_plugged_is_told_with_what_would_be_right(string type, string remedy)
    {
        var problem = new HostNetwork(Host, VifLab.Settings, new SettledRunner()).ProblemWith(VifLab.NewVif("br0") with { Type = type });

        Assert.Contains($"'{type}'", problem, StringComparison.Ordinal);
        Assert.Contains(remedy, problem, StringComparison.Ordinal);
    }

    private async Task MakeAsync(string name, string type)
    {
        _lab.SkipWithoutRights();
        _lab.WillRemove(name);
        await _lab.DoAsync("ip", "link", "add", "name", name, "type", type);
    }
}
