using Akka.Actor;
using Akka.TestKit;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Networks;

/// <summary>What is told of leftovers that were to be removed, by what became of them. The test is the owner of their bridge.</summary>
public sealed class NetworkTidyingSpecs : NetworkLab
{
    private static readonly LeftOver Bridge = new("brq1", null, "brq1", FindingAction.Removed, "Why.");

    private readonly CancellationTokenSource _off = new();
    private readonly TestProbe _owner;

    public NetworkTidyingSpecs(ITestOutputHelper output)
        : base(output) => _owner = CreateTestProbe("owner");

    [Fact]
    public async Task Two_devices_of_one_bridge_are_judged_by_one_answer()
    {
        var tidying = TidyAsync(Bridge with { Device = "vlan7" }, Bridge with { Device = "vlan8" });
        await AnswersAsync(new BridgeTidied(["vlan7", "vlan8"], null));

        Assert.All((await tidying).Findings, finding => Assert.Equal((FindingAction.Removed, "Why."), (finding.Action, finding.Reason)));
        Assert.False(_owner.HasMessages);
    }

    [Fact]
    public async Task What_stayed_or_went_by_itself_is_told_as_such()
    {
        var tidying = TidyAsync(Bridge);
        await AnswersAsync(new BridgeTidied([], null));

        var finding = Assert.Single((await tidying).Findings);
        Assert.Equal(
            (FindingKind.OrphanNetwork, FindingAction.AwaitingGrace, "Why. It was in use, or gone, when it was to be removed."),
            (finding.Kind, finding.Action, finding.Reason));
    }

    [Fact]
    public async Task A_bridge_that_could_not_be_tidied_after_its_device_is_told_with_the_device()
    {
        var device = Ports.Vif(1).Device;
        var tidying = TidyAsync(Device(device));
        await AnswersAsync(new BridgeTidied([], new VifException(FaultCode.Transient, "tidy", "by order")));

        var finding = Assert.Single((await tidying).Findings);
        Assert.Equal(
            (FindingKind.OrphanVif, FindingAction.Failed, "Why. It was removed, but not all that was made for brq1: tidy: by order"),
            (finding.Kind, finding.Action, finding.Reason));
        Assert.Contains((NetworkCall.Remove, device), Network.Calls);
    }

    [Fact]
    public async Task The_bridge_of_a_device_that_could_not_be_removed_is_left_alone()
    {
        var device = Ports.Vif(1).Device;
        Fail(NetworkCall.Remove, device);

        var finding = Assert.Single((await TidyAsync(Device(device))).Findings);

        Assert.Equal((FindingAction.Failed, $"Why. It could not be removed: Remove {device}: by order"), (finding.Action, finding.Reason));
        Assert.False(_owner.HasMessages);
    }

    [Fact]
    public async Task A_node_that_stops_waits_for_no_bridge()
    {
        var tidying = TidyAsync(Bridge);
        await _owner.ExpectMsgAsync<TidyBridge>();

        await _off.CancelAsync();

        Assert.Equal(FindingAction.Failed, Assert.Single((await tidying).Findings).Action);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _off.Dispose();
    }

    private static LeftOver Device(string name) => Bridge with
    {
        Device = name,
        Port = new OwnedDevice(
            name, new VifOwner(Sample.Host, Sample.Id), Ports.Id(1), VifTypes.Bridge, "brq1", IsHybrid: false),
    };

    private Task<NetworkCompared> TidyAsync(params LeftOver[] leftOver) =>
        new NetworkTidying(Network, new Dictionary<string, IActorRef> { ["brq1"] = _owner })
            .TidyAsync([], [.. leftOver], isDryRun: false, _off.Token);

    private async Task AnswersAsync(BridgeTidied end)
    {
        Assert.Equal("brq1", (await _owner.ExpectMsgAsync<TidyBridge>()).Bridge);
        _owner.Reply(end);
    }
}
