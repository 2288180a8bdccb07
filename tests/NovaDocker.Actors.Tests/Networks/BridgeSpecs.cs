using Akka.Actor;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Networks;

/// <summary>The owners of bridges and ports: one thing at a time on each, whatever comes from how many instances.</summary>
public sealed class BridgeSpecs(ITestOutputHelper output) : NetworkLab(output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Many_steps_at_once_are_never_on_one_port_or_one_bridge_together(int seed)
    {
        const int instances = 12;
        const int rounds = 8;
        var random = new Random(seed);
        var gate = new Lock();
        Network.Before = Network.After = (_, _, _) =>
        {
            int yields;
            bool fails;
            lock (gate)
                (yields, fails) = (random.Next(20), random.Next(8) == 0);
            return DoAsync(yields, fails);
        };
        // Two networks share the bridge of the first; the third has two of its own.
        (string Network, string? Bridge)[] places = [("blue", null), ("green", "brqblue"), ("red", "br-a"), ("red", "br-b")];
        var steps = new Dictionary<InstanceId, HostProtocol.RunStep>();
        for (var i = 0; i < instances; i++)
        {
            var id = Sample.NewId();
            var vifs = places.Select((place, at) => Ports.Vif((i * 4) + at + 1, place.Network, place.Bridge)).ToArray();
            steps[id] = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 1, id, vifs));
        }

        var left = steps.ToDictionary(step => step.Key, _ => rounds);
        foreach (var step in steps.Values)
            Networks.Tell(step, ActorRefs.NoSender);
        while (left.Count > 0)
        {
            var ended = await EndAsync();
            var id = ended.Step.InstanceId;
            if (--left[id] == 0)
            {
                left.Remove(id);
                continue;
            }

            lock (gate)
            {
                steps[id] = steps[id] with
                {
                    Token = new FencingToken(ended.Step.Token.Revision + 2, ended.Step.Token.Writer),
                    Step = random.Next(2) == 0 ? StepKind.PlugVifs : StepKind.UnplugVifs,
                };
            }

            Networks.Tell(steps[id], ActorRefs.NoSender);
        }

        Assert.Empty(Network.Interleaved);
        Network.Before = Network.After = (_, _, _) => Task.CompletedTask;
        foreach (var step in steps.Values)
            await RunAsync(step with { Step = StepKind.UnplugVifs, Token = new FencingToken(1000, step.Token.Writer) });
        await Eventually.HoldsAsync(() => Network.Devices.IsEmpty && Network.Bridges.IsEmpty, "nothing is left");
        Assert.Empty(Network.Interleaved);

        static async Task DoAsync(int yields, bool fails)
        {
            for (var i = 0; i < yields; i++)
                await Task.Yield();
            if (fails)
                throw new VifException(FaultCode.Transient, "chance", "by order");
        }
    }

    [Fact]
    public async Task The_last_port_that_goes_has_the_bridge_taken_away_and_no_other()
    {
        var other = Sample.NewId();
        var vifs = new[] { Ports.Vif(1), Ports.Vif(2) };
        await PlugAsync(3, vifs[0]);
        await RunAsync(Ports.Step(StepKind.PlugVifs, 3, other, vifs[1]));

        await UnplugAsync(5, vifs[0]);
        Assert.DoesNotContain(Network.Calls, call => call.Call == NetworkCall.Release);

        await RunAsync(Ports.Step(StepKind.UnplugVifs, 5, other, vifs[1]));
        Assert.Empty(Network.Bridges);
        Assert.Equal([NetworkCall.Prepare, NetworkCall.Prepare, NetworkCall.Release], CallsAbout(vifs[0].Bridge));
    }

    [Fact]
    public async Task A_plug_that_comes_while_the_bridge_is_taken_away_waits_and_makes_it_again()
    {
        var (first, second) = (Ports.Vif(1), Ports.Vif(2));
        await PlugAsync(3, first);
        var (reached, release) = Hold(NetworkCall.Release, first.Bridge);
        Networks.Tell(Ports.Step(StepKind.UnplugVifs, 5, null, first), ActorRefs.NoSender);
        await Eventually.CompletesAsync(reached, "the bridge is being taken away");
        Networks.Tell(await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, Sample.NewId(), second)), ActorRefs.NoSender);
        await RunAsync(Ports.Step(StepKind.PlugVifs, 3, Sample.NewId(), Ports.Vif(3, "green")));
        Assert.Equal([NetworkCall.Prepare, NetworkCall.Release], CallsAbout(first.Bridge));

        release.SetResult();

        StepFinished[] ends = [await EndAsync(), await EndAsync()];
        Assert.Equal(2, ends.Select(end => end.Step.Step).Distinct().Count());
        Assert.All(ends, end => Assert.Null(end.Fault));
        Assert.Contains(second.Device, Network.Devices.Keys);
        Assert.Contains(first.Bridge, Network.Bridges);
        Assert.Equal([NetworkCall.Prepare, NetworkCall.Release, NetworkCall.Prepare], CallsAbout(first.Bridge));
    }

    [Fact]
    public async Task A_bridge_that_cannot_be_taken_away_is_a_fault_of_the_last_unplug_and_keeps_nobody_waiting()
    {
        var vif = Ports.Vif();
        await PlugAsync(3, vif);
        Fail(NetworkCall.Release, vif.Bridge);

        Assert.Equal($"Release {vif.Bridge}: by order", (await UnplugAsync(5, vif)).Fault!.Message);

        Assert.Null((await PlugAsync(7, vif)).Fault);
        Assert.NotNull((await UnplugAsync(9, vif)).Fault);
        Network.Before = (_, _, _) => Task.CompletedTask;
        Assert.Null((await UnplugAsync(11, vif)).Fault);
        Assert.Empty(Network.Bridges);
    }

    [Fact]
    public async Task A_port_that_could_not_be_unplugged_and_is_not_there_does_not_keep_the_bridge()
    {
        var (there, never) = (Ports.Vif(1), Ports.Vif(2));
        await PlugAsync(3, there);
        Fail(NetworkCall.Unplug, never.Device, FaultCode.Invalid);
        Assert.NotNull((await RunAsync(Ports.Step(StepKind.UnplugVifs, 3, Sample.NewId(), never))).Fault);
        Assert.Contains(there.Bridge, Network.Bridges);

        Assert.Null((await UnplugAsync(5, there)).Fault);

        Assert.Empty(Network.Bridges);
    }

    [Fact]
    public async Task A_bridge_whose_making_failed_half_way_does_not_stay()
    {
        var vif = Ports.Vif();
        Network.After = (call, _, _) => call == NetworkCall.Prepare
            ? Task.FromException(new VifException(FaultCode.Transient, "open the filter", "by order"))
            : Task.CompletedTask;

        Assert.Equal("open the filter: by order", (await PlugAsync(3, vif)).Fault!.Message);

        await Eventually.HoldsAsync(() => Network.Bridges.IsEmpty, "the bridge is taken away");
    }

    [Fact]
    public async Task A_last_port_that_goes_while_the_making_for_another_fails_leaves_no_bridge()
    {
        var (going, coming) = (Ports.Vif(1), Ports.Vif(2));
        await PlugAsync(3, going);
        var (reached, release) = Hold(NetworkCall.Unplug, going.Device);
        Networks.Tell(Ports.Step(StepKind.UnplugVifs, 5, null, going), ActorRefs.NoSender);
        await Eventually.CompletesAsync(reached, "the last port goes");
        var (prepared, prepare) = Hold(NetworkCall.Prepare, coming.Bridge);
        Networks.Tell(await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, Sample.NewId(), coming)), ActorRefs.NoSender);
        await Eventually.CompletesAsync(prepared, "the bridge is being made");

        release.SetResult();
        Assert.Equal(StepKind.UnplugVifs, (await EndAsync()).Step.Step);
        prepare.SetException(new VifException(FaultCode.Transient, "make the bridge", "by order"));

        Assert.NotNull((await EndAsync()).Fault);
        await Eventually.HoldsAsync(() => Network.Bridges.IsEmpty, "the bridge is taken away");
    }

    [Fact]
    public async Task Ports_of_two_instances_on_one_bridge_are_plugged_side_by_side()
    {
        var (first, second) = (Ports.Vif(1), Ports.Vif(2));
        var (reached, release) = Hold(NetworkCall.Plug, first.Device);
        Networks.Tell(await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, first)), ActorRefs.NoSender);
        await Eventually.CompletesAsync(reached, "the first is being plugged");

        var other = Sample.NewId();
        Assert.Equal(other, (await RunAsync(Ports.Step(StepKind.PlugVifs, 3, other, second))).Step.InstanceId);

        release.SetResult();
        Assert.Equal(Sample.Id, (await EndAsync()).Step.InstanceId);
    }

    [Fact]
    public async Task A_bridge_may_have_any_name_that_Linux_gives_one()
    {
        Assert.Null((await PlugAsync(3, Ports.Vif(1, bridge: "br<0>|%[é]"[..7]))).Fault);
    }

    [Fact]
    public async Task A_host_without_its_devices_says_so_and_goes_on()
    {
        var networks = Sys.ActorOf(Parent.Props(Sample.Networks, Agent));
        networks.Tell(new NovaDocker.Actors.Docker.EngineOpened(Engine), ActorRefs.NoSender);
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Ports.Vif()));
        for (var revision = 3; revision < 6; revision++)
        {
            networks.Tell(step with { Token = new FencingToken(revision, step.Token.Writer) }, ActorRefs.NoSender);
            var failed = await EndAsync();
            Assert.Equal((FaultCode.Invalid, (long)revision), (failed.Fault!.Code, failed.Step.Token.Revision));
            Assert.Contains("no access to the network devices", failed.Fault.Message, StringComparison.Ordinal);
        }
    }
}
