using Akka.Actor;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Networks;

/// <summary>What becomes of devices and bridges that are left over.</summary>
public sealed class LeftOverSpecs(ITestOutputHelper output) : NetworkLab(output)
{
    private static readonly Vif[] Two = [Ports.Vif(1), Ports.Vif(2)];

    [Fact]
    public async Task A_dry_run_tells_what_is_wrong_and_tells_no_instance()
    {
        var id = Sample.NewId();
        await LeaveAsync(Two[0]);
        await RunAsync(Ports.Step(StepKind.PlugVifs, 3, id, Two[1]));
        Network.Delete(Two[1].Device);

        for (var look = 0; look < 2; look++)
        {
            var compared = await CompareAsync(isDryRun: true, Ports.View(Sample.Id), Ports.View(id, Two[1]));

            Assert.Equal(
                [
                    (FindingKind.BrokenVif, Two[1].Id.ToString(), id, FindingAction.Reported),
                    (FindingKind.OrphanVif, Two[0].Device, Sample.Id, FindingAction.Reported),
                ],
                compared.Findings.Select(finding => (finding.Kind, finding.Subject, finding.InstanceId!.Value, finding.Action)));
            Time.Advance(Grace * 2);
        }

        Assert.False(Region.HasMessages);
        Assert.Contains(Two[0].Device, Network.Devices.Keys);
    }

    [Fact]
    public async Task A_device_that_is_left_over_goes_after_the_time_of_grace_and_not_before()
    {
        await LeaveAsync(Two[0]);

        Assert.Equal(FindingAction.AwaitingGrace, await FindAsync());
        Time.Advance(Grace - TimeSpan.FromTicks(1));
        Assert.Equal(FindingAction.AwaitingGrace, await FindAsync());
        Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(FindingAction.Removed, await FindAsync());

        Assert.Empty(Network.Devices);
        Assert.Empty((await CompareAsync(isDryRun: false)).Findings);
    }

    [Fact]
    public async Task A_device_that_cannot_be_removed_says_why()
    {
        await LeaveAsync(Two[0]);
        await FindAsync();
        Time.Advance(Grace);
        Fail(NetworkCall.Remove, Two[0].Device);

        var finding = Assert.Single((await CompareAsync(isDryRun: false, Ports.View(Sample.Id))).Findings);

        Assert.Equal(FindingAction.Failed, finding.Action);
        Assert.Contains("by order", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bridge_of_a_device_that_is_left_over_goes_with_it()
    {
        await LeaveAsync(Two[0], withBridge: true);
        await FindAsync();
        Time.Advance(Grace);

        Assert.Equal(FindingAction.Removed, await FindAsync());

        Assert.Empty(Network.Devices);
        Assert.Empty(Network.Bridges);
        Assert.Empty(Network.Interleaved);
    }

    [Fact]
    public async Task A_bridge_that_an_instance_s_port_needs_stays_when_what_was_left_over_in_it_goes()
    {
        await LeaveAsync(Two[0], withBridge: true);
        var view = Ports.View(Sample.Id, Two[1]);
        await CompareAsync(isDryRun: false, view);
        Time.Advance(Grace);

        Assert.Equal(FindingAction.Removed, Assert.Single((await CompareAsync(isDryRun: false, view)).Findings, IsOrphan).Action);

        Assert.Equal([Two[0].Bridge], Network.Bridges);
        Assert.DoesNotContain((await CompareAsync(isDryRun: false, view)).Findings, IsOrphan);
    }

    [Fact]
    public async Task A_bridge_without_ports_goes_after_the_time_of_grace_and_a_dry_run_only_tells_of_it()
    {
        await Network.PrepareNetworkAsync(Two[0], CancellationToken.None);
        var bridge = Two[0].Bridge;

        Assert.Equal((FindingKind.OrphanNetwork, bridge, FindingAction.Reported), await FindBridgeAsync(isDryRun: true));
        Assert.Equal((FindingKind.OrphanNetwork, bridge, FindingAction.AwaitingGrace), await FindBridgeAsync());
        Time.Advance(Grace);
        Assert.Equal((FindingKind.OrphanNetwork, bridge, FindingAction.Removed), await FindBridgeAsync());

        Assert.Empty(Network.Bridges);
        Assert.Empty((await CompareAsync(isDryRun: false)).Findings);
    }

    [Fact]
    public async Task A_bridge_that_cannot_be_removed_says_why_and_is_tried_again()
    {
        await Network.PrepareNetworkAsync(Two[0], CancellationToken.None);
        await FindBridgeAsync();
        Time.Advance(Grace);
        Fail(NetworkCall.Tidy, Two[0].Bridge);

        var finding = Assert.Single((await CompareAsync(isDryRun: false)).Findings);
        Assert.Equal(FindingAction.Failed, finding.Action);
        Assert.Contains("by order", finding.Reason, StringComparison.Ordinal);

        Network.Before = (_, _, _) => Task.CompletedTask;
        Assert.Equal(FindingAction.Removed, (await FindBridgeAsync()).Action);
    }

    [Fact]
    public async Task The_bridge_of_a_port_that_is_being_plugged_is_not_left_over()
    {
        await Network.PrepareNetworkAsync(Two[0], CancellationToken.None);
        await FindBridgeAsync();
        Time.Advance(Grace);
        var (reached, release) = Hold(NetworkCall.Plug, Two[0].Device);
        Networks.Tell(await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Two[0])), ActorRefs.NoSender);
        await Eventually.CompletesAsync(reached, "the port is being plugged");

        Assert.Empty((await CompareAsync(isDryRun: false)).Findings);

        release.SetResult();
        Assert.Null((await EndAsync()).Fault);
        Assert.Contains(Two[0].Bridge, Network.Bridges);
    }

    [Fact]
    public async Task A_bridge_is_not_tidied_under_a_port_that_began_to_be_plugged_after_it_was_looked()
    {
        await LeaveAsync(Two[0], withBridge: true);
        await FindAsync();
        Time.Advance(Grace);
        var (removing, remove) = Hold(NetworkCall.Remove, Two[0].Device);
        Networks.Tell(new CompareNetwork([Ports.View(Sample.Id)], IsDryRun: false));
        await Eventually.CompletesAsync(removing, "the device is being removed");
        var (plugging, plug) = Hold(NetworkCall.Plug, Two[1].Device);
        Networks.Tell(await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Two[1])), ActorRefs.NoSender);
        await Eventually.CompletesAsync(plugging, "another port is being plugged");

        remove.SetResult();

        Assert.Equal(FindingAction.Removed, Assert.Single((await ExpectMsgAsync<NetworkCompared>()).Findings).Action);
        Assert.DoesNotContain(NetworkCall.Tidy, CallsAbout(Two[0].Bridge));
        plug.SetResult();
        Assert.Null((await EndAsync()).Fault);
        Assert.Equal([Two[0].Bridge], Network.Bridges);
    }

    [Fact]
    public async Task A_plug_that_comes_while_a_bridge_is_tidied_away_waits_and_makes_it_again()
    {
        await Network.PrepareNetworkAsync(Two[0], CancellationToken.None);
        await FindBridgeAsync();
        Time.Advance(Grace);
        var (reached, release) = Hold(NetworkCall.Tidy, Two[0].Bridge);
        Networks.Tell(new CompareNetwork([], IsDryRun: false));
        await Eventually.CompletesAsync(reached, "the bridge is being tidied away");
        Networks.Tell(await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Two[0])), ActorRefs.NoSender);
        await RunAsync(Ports.Step(StepKind.PlugVifs, 3, Sample.NewId(), Ports.Vif(9, "green")));
        Assert.Equal([NetworkCall.Prepare, NetworkCall.Tidy], CallsAbout(Two[0].Bridge));

        release.SetResult();

        Assert.Null((await EndAsync()).Fault);
        Assert.Equal(FindingAction.Removed, Assert.Single((await ExpectMsgAsync<NetworkCompared>()).Findings).Action);
        Assert.Contains(Two[0].Bridge, Network.Bridges);
        Assert.Equal([NetworkCall.Prepare, NetworkCall.Tidy, NetworkCall.Prepare], CallsAbout(Two[0].Bridge));
    }

    [Fact]
    public async Task The_instance_of_a_device_is_asked_where_no_list_has_it()
    {
        await LeaveAsync(Two[0]);

        Networks.Tell(new CompareNetwork([], IsDryRun: false));
        Assert.Equal(Sample.Id, (await Region.ExpectMsgAsync<InstanceProtocol.GetInstance>()).InstanceId);
        Region.Reply(new InstanceProtocol.InstanceFound(Sample.Id, Ports.View(Sample.Id, Two[0]) with { Phase = InstancePhase.Deleted }));

        Assert.Equal(FindingAction.AwaitingGrace, Assert.Single((await ExpectMsgAsync<NetworkCompared>()).Findings).Action);
    }

    [Fact]
    public async Task A_device_whose_instance_is_in_no_journal_here_is_reported_and_never_removed()
    {
        await LeaveAsync(Two[0]);
        for (var look = 0; look < 3; look++)
        {
            Networks.Tell(new CompareNetwork([], IsDryRun: false));
            await Region.ExpectMsgAsync<InstanceProtocol.GetInstance>();
            Region.Reply(new InstanceProtocol.NotFound(Sample.Id));

            var finding = Assert.Single((await ExpectMsgAsync<NetworkCompared>()).Findings);
            Assert.Equal(FindingAction.Reported, finding.Action);
            Assert.Contains("not in this journal", finding.Reason, StringComparison.Ordinal);
            Time.Advance(Grace * 2);
        }

        Assert.Contains(Two[0].Device, Network.Devices.Keys);
    }

    [Fact]
    public async Task A_device_of_a_port_that_is_being_plugged_is_not_left_over()
    {
        await LeaveAsync(Two[0]);
        await FindAsync();
        Time.Advance(Grace);
        var (reached, release) = Hold(NetworkCall.Plug, Two[0].Device);
        Networks.Tell(await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, Sample.NewId(), Two[0])), ActorRefs.NoSender);
        await Eventually.CompletesAsync(reached, "the port is being plugged");

        Assert.Empty((await CompareAsync(isDryRun: false, Ports.View(Sample.Id))).Findings);

        release.SetResult();
        Assert.Null((await EndAsync()).Fault);
        Assert.Contains(Two[0].Device, Network.Devices.Keys);
    }

    [Fact]
    public async Task A_port_is_plugged_only_when_the_removal_of_what_was_left_of_it_has_ended()
    {
        await LeaveAsync(Two[0]);
        await FindAsync();
        Time.Advance(Grace);
        var (reached, release) = Hold(NetworkCall.Remove, Two[0].Device);
        Networks.Tell(new CompareNetwork([Ports.View(Sample.Id)], IsDryRun: false));
        await Eventually.CompletesAsync(reached, "the device is being removed");
        Networks.Tell(await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, Sample.NewId(), Two[0])), ActorRefs.NoSender);
        await RunAsync(Ports.Step(StepKind.PlugVifs, 3, null, Two[1]));
        // The one plug is that of what was left over.
        Assert.Single(CallsAbout(Two[0].Device), NetworkCall.Plug);

        release.SetResult();

        Assert.Null((await EndAsync()).Fault);
        Assert.Contains(Two[0].Device, Network.Devices.Keys);
        Assert.Empty(Network.Interleaved);
    }

    /// <summary>Leaves a device that no instance accounts for: as where the host died behind its plug.</summary>
    private async Task LeaveAsync(Vif vif, bool withBridge = false)
    {
        if (withBridge)
            await Network.PrepareNetworkAsync(vif, CancellationToken.None);
        var plug = new VifPlug(
            vif, new VifOwner(Sample.Host, Sample.Id), InterfacePlan.For(Ports.Of(vif))[0], "/a/namespace");
        await Network.PlugAsync(plug, CancellationToken.None);
    }

    private static bool IsOrphan(ReconcileFinding finding) =>
        finding.Kind is FindingKind.OrphanVif or FindingKind.OrphanNetwork;

    private async Task<(FindingKind Kind, string Subject, FindingAction Action)> FindBridgeAsync(bool isDryRun = false)
    {
        var finding = Assert.Single((await CompareAsync(isDryRun)).Findings);
        return (finding.Kind, finding.Subject, finding.Action);
    }

    private async Task<FindingAction> FindAsync() =>
        Assert.Single((await CompareAsync(isDryRun: false, Ports.View(Sample.Id))).Findings).Action;
}
