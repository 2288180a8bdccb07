using System.Collections.Immutable;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing;

namespace NovaDocker.Actors.Tests.Networks;

public sealed class NetworkCareTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);
    private static readonly HashSet<InstanceId> Known = [Sample.Id];

    private readonly ManualTime _time = new();
    private readonly NetworkCare _care;

    public NetworkCareTests() => _care = new NetworkCare(Grace, _time);

    [Fact]
    public void Ports_that_came_loose_are_told_by_instance()
    {
        var other = Sample.NewId();
        var sight = new HostNetworkSight(
            Enumerable.Range(1, 4).ToImmutableDictionary(Ports.Id, number => $"port {number} is gone."), [], []);
        var owners = new Dictionary<PortId, InstanceId>
        {
            [Ports.Id(1)] = Sample.Id, [Ports.Id(2)] = other, [Ports.Id(3)] = Sample.Id,
        };

        var broken = NetworkCare.Broken(sight, owners);

        Assert.Equal(2, broken.Length);
        var own = broken.Single(report => report.InstanceId == Sample.Id).Problems;
        Assert.Equal(new[] { Ports.Id(1), Ports.Id(3) }.ToHashSet(), own.Select(problem => problem.Port).ToHashSet());
        Assert.All(own, problem => Assert.EndsWith(" is gone.", problem.Problem, StringComparison.Ordinal));
    }

    [Fact]
    public void The_time_of_grace_begins_anew_for_a_device_that_was_gone_between()
    {
        Assert.Equal(FindingAction.AwaitingGrace, Look(Device(1)));
        _time.Advance(Grace);
        Assert.Null(Look());

        Assert.Equal(FindingAction.AwaitingGrace, Look(Device(1)));
        _time.Advance(Grace);
        Assert.Equal(FindingAction.Removed, Look(Device(1)));
    }

    [Fact]
    public void A_dry_run_does_not_begin_the_time_of_grace()
    {
        Assert.Equal(FindingAction.Reported, Look(isDryRun: true, Device(1)));
        _time.Advance(Grace);

        Assert.Equal(FindingAction.AwaitingGrace, Look(Device(1)));
    }

    [Fact]
    public void A_port_that_somebody_has_is_not_left_over()
    {
        var left = _care.LeftOver(Sight(Device(1), Device(2)), [Ports.Vif(1)], Known, isDryRun: false);

        Assert.Equal(Ports.Id(2), Assert.Single(left).Port!.Port);
    }

    [Fact]
    public void A_bridge_without_ports_is_left_over_where_no_port_needs_it()
    {
        Assert.Equal(FindingAction.AwaitingGrace, LookAt([], Bridge("brqblue")));
        _time.Advance(Grace);

        Assert.Null(LookAt([Ports.Vif(1)], Bridge("brqblue")));
        Assert.Equal(FindingAction.AwaitingGrace, LookAt([], Bridge("brqblue")));
        _time.Advance(Grace - TimeSpan.FromTicks(1));
        Assert.Equal(FindingAction.AwaitingGrace, LookAt([], Bridge("brqblue")));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(FindingAction.Removed, LookAt([], Bridge("brqblue")));
    }

    [Fact]
    public void An_interface_of_a_VLAN_is_left_over_where_no_port_needs_its_bridge()
    {
        var vlan = new NetworkDevice("vlan7", "blue", "brqblue");

        Assert.Null(LookAt([Ports.Vif(1)], vlan));
        Assert.Equal(FindingAction.AwaitingGrace, LookAt([], vlan));
    }

    [Fact]
    public void A_bridge_is_tidied_with_the_device_that_is_removed_of_it_and_only_where_no_other_port_needs_it()
    {
        Assert.Null(Assert.Single(_care.LeftOver(Sight(Device(1)), [], Known, isDryRun: false)).TidiedBridge);
        _time.Advance(Grace);

        Assert.Equal("brqblue", Assert.Single(_care.LeftOver(Sight(Device(1)), [], Known, isDryRun: false)).TidiedBridge);
        Assert.Null(Assert.Single(_care.LeftOver(Sight(Device(1)), [Ports.Vif(2)], Known, isDryRun: false)).TidiedBridge);
        Assert.Null(Assert.Single(_care.LeftOver(Sight(Device(1) with { Bridge = "" }), [], Known, isDryRun: false)).TidiedBridge);
    }

    [Fact]
    public void What_was_made_for_an_instance_that_nobody_knows_is_only_reported()
    {
        var foreign = Device(1) with { Owner = new VifOwner(Sample.Host, Sample.NewId()) };
        Look(foreign);
        _time.Advance(Grace);

        Assert.Equal(FindingAction.Reported, Look(foreign));
    }

    private static OwnedDevice Device(int number) =>
        new(Ports.Vif(number).Device, new VifOwner(Sample.Host, Sample.Id), Ports.Id(number), VifTypes.Bridge, "brqblue", IsHybrid: false);

    private static HostNetworkSight Sight(params OwnedDevice[] devices) =>
        new(ImmutableDictionary<PortId, string>.Empty, [.. devices], []);

    private static NetworkDevice Bridge(string name) => new(name, "blue", name);

    private FindingAction? LookAt(Vif[] known, params NetworkDevice[] idle) => _care.LeftOver(
        new HostNetworkSight(ImmutableDictionary<PortId, string>.Empty, [], [.. idle]), known, Known, isDryRun: false).SingleOrDefault()?.Action;

    private FindingAction? Look(params OwnedDevice[] devices) => Look(isDryRun: false, devices);

    private FindingAction? Look(bool isDryRun, params OwnedDevice[] devices) =>
        _care.LeftOver(Sight(devices), [], Known, isDryRun).SingleOrDefault()?.Action;
}
