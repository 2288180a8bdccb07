using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>What everybody may rely on who has ports plugged. It runs against the real devices of a host and against fakes alike.</summary>
public abstract class HostNetworkContract
{
    /// <summary>The network of a host.</summary>
    protected abstract IHostNetwork Network { get; }

    /// <summary>The host whose it is.</summary>
    protected abstract HostId Host { get; }

    /// <summary>A namespace that is there: its path.</summary>
    protected abstract Task<string> NewNamespaceAsync();

    /// <summary>Takes a namespace away, as the end of its container does.</summary>
    protected abstract Task EndNamespaceAsync(string path);

    /// <summary>A name of a bridge that is not there.</summary>
    protected abstract string NewBridgeName();

    /// <summary>Whether there is a device.</summary>
    protected abstract Task<bool> HasDeviceAsync(string name);

    /// <summary>Makes a bridge behind the network's back.</summary>
    protected abstract Task MakeBridgeAsync(string name);

    /// <summary>Makes a device behind the network's back.</summary>
    protected abstract Task MakeDeviceAsync(string name);

    /// <summary>Removes a device behind the network's back.</summary>
    protected abstract Task DeleteDeviceAsync(string name);

    /// <summary>Takes a device out of its bridge behind the network's back.</summary>
    protected abstract Task TakeOutOfBridgeAsync(string name);

    /// <summary>A type of port that cannot be plugged.</summary>
    protected const string Unpluggable = VifTypes.Unbound;

    /// <summary>A device's number, which a device that is made anew does not have.</summary>
    protected abstract Task<int> IndexOfAsync(string name);

    [SkippableFact]
    public async Task What_is_plugged_already_is_left_as_it_is()
    {
        var plug = await PlugAsync(NewVif());
        var index = await IndexOfAsync(plug.Vif.Device);

        Assert.True(await Network.PlugAsync(plug, default));

        Assert.Equal(index, await IndexOfAsync(plug.Vif.Device));
    }

    [SkippableFact]
    public async Task A_port_moves_to_the_namespace_that_it_is_plugged_into()
    {
        var plug = await PlugAsync(NewVif());
        var there = plug with { Namespace = await NewNamespaceAsync() };

        Assert.False(await Network.PlugAsync(there, default));

        Assert.True(await Network.PlugAsync(there, default));
        Assert.Null(await ProblemAsync(plug.Vif));
    }

    [SkippableFact]
    public async Task After_the_end_of_its_namespace_a_port_is_gone_and_can_be_plugged_again()
    {
        var plug = await PlugAsync(NewVif());
        await EndNamespaceAsync(plug.Namespace);
        Assert.Contains("is gone", await GoneAsync(plug.Vif), StringComparison.Ordinal);

        Assert.False(await Network.PlugAsync(plug with { Namespace = await NewNamespaceAsync() }, default));

        Assert.Null(await ProblemAsync(plug.Vif));
    }

    [SkippableFact]
    public async Task A_device_that_somebody_deleted_is_seen_and_made_again()
    {
        var plug = await PlugAsync(NewVif());
        await DeleteDeviceAsync(plug.Vif.Device);
        Assert.Equal($"{plug.Vif.Device} is gone", await ProblemAsync(plug.Vif));

        Assert.False(await Network.PlugAsync(plug, default));

        Assert.Null(await ProblemAsync(plug.Vif));
    }

    [SkippableFact]
    public async Task A_device_that_somebody_took_out_of_its_bridge_is_seen_and_put_back()
    {
        var plug = await PlugAsync(NewVif());
        await TakeOutOfBridgeAsync(plug.Vif.Device);
        var index = await IndexOfAsync(plug.Vif.Device);
        Assert.Equal($"{plug.Vif.Device} is in no bridge; it belongs into {plug.Vif.Bridge}", await ProblemAsync(plug.Vif));

        Assert.False(await Network.PlugAsync(plug, default));

        Assert.Null(await ProblemAsync(plug.Vif));
        Assert.Equal(index, await IndexOfAsync(plug.Vif.Device));
    }

    [SkippableFact]
    public async Task A_foreign_device_of_the_same_name_is_refused_and_not_touched()
    {
        var vif = NewVif();
        await MakeDeviceAsync(vif.Device);
        await Network.PrepareNetworkAsync(vif, default);
        var index = await IndexOfAsync(vif.Device);

        var failure = await Assert.ThrowsAsync<VifException>(async () => await Network.PlugAsync(PlugOf(vif, await NewNamespaceAsync()), default));
        await Network.UnplugAsync(vif, Owner, default);

        Assert.Equal(FaultCode.Conflict, failure.Code);
        Assert.Contains(vif.Device, failure.Message, StringComparison.Ordinal);
        Assert.Equal(index, await IndexOfAsync(vif.Device));
    }

    [SkippableFact]
    public async Task Unplugging_takes_the_device_away_and_may_be_repeated()
    {
        var plug = await PlugAsync(NewVif());

        await Network.UnplugAsync(plug.Vif, plug.Owner, default);
        await Network.UnplugAsync(plug.Vif, plug.Owner, default);

        Assert.False(await HasDeviceAsync(plug.Vif.Device));
        Assert.Equal($"{plug.Vif.Device} is gone", await ProblemAsync(plug.Vif));
    }

    [SkippableFact]
    public async Task A_network_of_ours_is_released_with_its_last_port()
    {
        var plug = await PlugAsync(NewVif());
        await Network.ReleaseNetworkAsync(plug.Vif, default);
        Assert.True(await HasDeviceAsync(plug.Vif.Bridge));

        await Network.UnplugAsync(plug.Vif, plug.Owner, default);
        await Network.ReleaseNetworkAsync(plug.Vif, default);
        await Network.ReleaseNetworkAsync(plug.Vif, default);

        Assert.False(await HasDeviceAsync(plug.Vif.Bridge));
    }

    [SkippableFact]
    public async Task A_bridge_of_somebody_else_is_used_and_stays()
    {
        var vif = NewVif();
        await MakeBridgeAsync(vif.Bridge);

        var plug = await PlugAsync(vif);
        Assert.Null(await ProblemAsync(vif));
        await Network.UnplugAsync(vif, plug.Owner, default);
        await Network.ReleaseNetworkAsync(vif, default);

        Assert.True(await HasDeviceAsync(vif.Bridge));
    }

    [SkippableFact]
    public async Task A_missing_bridge_that_may_not_be_made_is_refused_with_what_would_be_right()
    {
        var vif = NewVif();
        vif = vif with { Network = vif.Network with { ShouldCreateBridge = false } };

        var failure = await Assert.ThrowsAsync<VifException>(() => Network.PrepareNetworkAsync(vif, default));

        Assert.Equal(FaultCode.Invalid, failure.Code);
        Assert.Contains($"network.bridge is '{vif.Bridge}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("network.should_create_bridge", failure.Message, StringComparison.Ordinal);
        Assert.False(await HasDeviceAsync(vif.Bridge));
    }

    [SkippableFact]
    public async Task A_namespace_that_is_not_there_is_said_and_nothing_is_left()
    {
        var vif = NewVif();
        await Network.PrepareNetworkAsync(vif, default);

        var failure = await Assert.ThrowsAsync<VifException>(() => Network.PlugAsync(PlugOf(vif, "/run/netns/ndt-nowhere"), default));

        Assert.Equal(FaultCode.NotFound, failure.Code);
        Assert.False(await HasDeviceAsync(vif.Device));
    }

    [SkippableFact]
    public async Task A_port_that_cannot_be_plugged_is_refused_with_what_is_known_at_once()
    {
        Assert.Null(Network.ProblemWith(NewVif()));
        var vif = NewVif() with { Type = Unpluggable };
        var problem = Network.ProblemWith(vif);
        Assert.NotNull(problem);

        foreach (var call in new Func<Task>[]
        {
            () => Network.PrepareNetworkAsync(vif, default),
            async () => await Network.PlugAsync(PlugOf(vif, await NewNamespaceAsync()), default),
        })
        {
            var failure = await Assert.ThrowsAsync<VifException>(call);
            Assert.Equal(FaultCode.Invalid, failure.Code);
            Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
        }

        Assert.False(await HasDeviceAsync(vif.Bridge));
        Assert.False(await HasDeviceAsync(vif.Device));
    }

    [SkippableFact]
    public async Task A_look_shows_whose_the_devices_are_and_one_that_is_left_over_can_be_removed()
    {
        var plug = await PlugAsync(NewVif());

        var owned = Assert.Single((await Network.LookAsync([], default)).Owned);
        Assert.Equal(
            new OwnedDevice(plug.Vif.Device, plug.Owner, plug.Vif.Id, VifTypes.Bridge, plug.Vif.Bridge, IsHybrid: false), owned);
        await Network.RemoveAsync(owned, default);
        await Network.RemoveAsync(owned, default);

        Assert.False(await HasDeviceAsync(plug.Vif.Device));
        Assert.Empty((await Network.LookAsync([], default)).Owned);
    }

    [SkippableFact]
    public async Task A_bridge_of_ours_that_was_left_is_seen_once_it_is_empty_and_can_be_tidied_away()
    {
        var plug = await PlugAsync(NewVif());
        var bridge = plug.Vif.Bridge;
        Assert.Empty((await Network.LookAsync([], default)).Idle);
        Assert.Empty(await Network.TidyBridgeAsync(bridge, default));
        Assert.True(await HasDeviceAsync(bridge));

        await Network.RemoveAsync(Assert.Single((await Network.LookAsync([], default)).Owned), default);
        Assert.Equal(
            new NetworkDevice(bridge, plug.Vif.Network.Id.ToString(), bridge), Assert.Single((await Network.LookAsync([], default)).Idle));
        Assert.Equal<string>([bridge], await Network.TidyBridgeAsync(bridge, default));

        Assert.False(await HasDeviceAsync(bridge));
        Assert.Empty(await Network.TidyBridgeAsync(bridge, default));
        Assert.Empty((await Network.LookAsync([], default)).Idle);
    }

    [SkippableFact]
    public async Task A_bridge_of_somebody_else_is_never_left_over()
    {
        var vif = NewVif();
        await MakeBridgeAsync(vif.Bridge);
        await Network.PrepareNetworkAsync(vif, default);

        Assert.Empty((await Network.LookAsync([], default)).Idle);
        Assert.Empty(await Network.TidyBridgeAsync(vif.Bridge, default));

        Assert.True(await HasDeviceAsync(vif.Bridge));
    }

    [SkippableFact]
    public async Task Counters_are_of_what_is_plugged()
    {
        var plug = await PlugAsync(NewVif());
        Assert.NotNull(await Network.ReadCountersAsync(plug.Vif, default));

        await Network.UnplugAsync(plug.Vif, plug.Owner, default);

        Assert.Null(await Network.ReadCountersAsync(plug.Vif, default));
    }

    /// <summary>Waits until a device is seen to be gone: the kernel takes namespaces down when it has time to.</summary>
    private async Task<string?> GoneAsync(Vif vif) => await NovaDocker.Testing.Eventually.BecomesAsync(
        () => ProblemAsync(vif), problem => problem is not null, $"{vif.Device} goes with its namespace");

    private async Task<string?> ProblemAsync(Vif vif) => (await Network.LookAsync([vif], default)).Problems.GetValueOrDefault(vif.Id);

    private VifOwner Owner => new(Host, InstanceId.Parse("11111111-2222-3333-4444-555555555555"));

    private Vif NewVif() => VifLab.NewVif(NewBridgeName(), "10.1.0.5/24");

    private VifPlug PlugOf(Vif vif, string path) =>
        new(vif, Owner, InterfacePlan.For([new InstancePort(vif, 0, IsPlugged: false)])[0], path);

    private async Task<VifPlug> PlugAsync(Vif vif)
    {
        var plug = PlugOf(vif, await NewNamespaceAsync());
        await Network.PrepareNetworkAsync(vif, default);
        Assert.False(await Network.PlugAsync(plug, default));
        return plug;
    }
}
