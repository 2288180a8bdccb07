using Akka.Actor;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Networks;

/// <summary>The steps of ports: plugged, unplugged, taken back, called off.</summary>
public sealed class VifStepSpecs(ITestOutputHelper output) : NetworkLab(output)
{
    private static readonly Vif[] Three = [Ports.Vif(1), Ports.Vif(2), Ports.Vif(3)];
    private static readonly string Bridge = Three[0].Bridge;

    [Fact]
    public async Task Ports_are_plugged_into_the_sandbox_in_their_order_as_planned()
    {
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Three));

        var done = await RunAsync(step);

        Assert.Equal(
            Three.Select((vif, i) => new PluggedVif(vif.Id, vif.Device, $"eth{i}", Adopted: false)),
            ((StepResult.VifsPlugged)done.Result!).Vifs);
        Assert.All(Network.Devices.Values, path => Assert.Equal(NamespaceOf(step.SandboxId!), path));
        Assert.Equal([Bridge], Network.Bridges);
        var plug = Network.PlugOf(Three[1].Device);
        Assert.Equal((Three[1], new VifOwner(Sample.Host, Sample.Id)), (plug.Vif, plug.Owner));
        Assert.Equal(("eth1", Three[1].Mac), (plug.Interface.Name, plug.Interface.Mac));
        Assert.Equal("10.1.1.2/16", Assert.Single(plug.Interface.Addresses).ToString());
        Assert.Equal(
            Three.Select(vif => vif.Device),
            Network.Calls.Where(call => call.Call == NetworkCall.Plug).Select(call => call.Subject));
    }

    [Fact]
    public async Task What_is_plugged_already_is_adopted()
    {
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Three));
        await RunAsync(step);

        var again = await RunAsync(step with { Token = new FencingToken(5, step.Token.Writer) });

        var vifs = ((StepResult.VifsPlugged)again.Result!).Vifs;
        Assert.Equal(Three.Length, vifs.Count);
        Assert.All(vifs, vif => Assert.True(vif.Adopted));
    }

    [Fact]
    public async Task Where_the_second_of_three_fails_the_first_is_taken_back_and_a_second_try_succeeds()
    {
        Fail(NetworkCall.Plug, Three[1].Device);

        var failed = await PlugAsync(3, Three);

        Assert.Equal(
            new Fault(FaultCode.Transient, $"Plug {Three[1].Device}: by order"), failed.Fault);
        Assert.Empty(Network.Devices);
        Assert.DoesNotContain(Network.Calls, call => call.Subject == Three[2].Device);
        Network.Before = (_, _, _) => Task.CompletedTask;
        Assert.Null((await PlugAsync(5, Three)).Fault);
        Assert.Equal(3, Network.Devices.Count);
        Assert.Equal([Bridge], Network.Bridges);
        Assert.Empty(Network.Interleaved);
    }

    [Fact]
    public async Task What_was_there_before_a_step_that_fails_is_not_taken_back()
    {
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Three[..2]));
        await RunAsync(step);
        Fail(NetworkCall.Plug, Three[2].Device);

        var failed = await RunAsync(step with { Ports = Ports.Of(Three), Token = new FencingToken(5, step.Token.Writer) });

        Assert.Equal(FaultCode.Transient, failed.Fault!.Code);
        Assert.Equal(Three[..2].Select(vif => vif.Device), Network.Devices.Keys);
        Assert.DoesNotContain(Network.Calls, call => call.Call == NetworkCall.Unplug);
    }

    [Fact]
    public async Task A_port_whose_own_failure_came_after_the_work_is_gone_and_told_with_the_reason()
    {
        Network.After = (call, _, _) => call == NetworkCall.Plug
            ? Task.FromException(new VifException(FaultCode.Unavailable, "tell the switch", "no answer"))
            : Task.CompletedTask;

        var failed = await PlugAsync(3, Three[0]);

        Assert.Equal(new Fault(FaultCode.Unavailable, "tell the switch: no answer"), failed.Fault);
        Assert.Empty(Network.Devices);
        await Eventually.HoldsAsync(() => Network.Bridges.IsEmpty, "the bridge is taken away");
    }

    [Fact]
    public async Task A_failure_to_take_back_does_not_hide_why_it_was_to_be()
    {
        Network.Before = (call, subject, _) => (call, subject) switch
        {
            (NetworkCall.Plug, var device) when device == Three[1].Device =>
                Task.FromException(new VifException(FaultCode.Transient, "the second", "by order")),
            (NetworkCall.Unplug, _) => Task.FromException(new VifException(FaultCode.Transient, "the taking back", "by order")),
            _ => Task.CompletedTask,
        };

        Assert.Equal("the second: by order", (await PlugAsync(3, Three)).Fault!.Message);
    }

    [Fact]
    public async Task Every_port_is_tried_to_be_unplugged_and_the_first_failure_told()
    {
        await PlugAsync(3, Three);
        Fail(NetworkCall.Unplug, Three[0].Device);

        var failed = await UnplugAsync(5, Three);

        Assert.Equal($"Unplug {Three[0].Device}: by order", failed.Fault!.Message);
        Assert.Equal([Three[0].Device], Network.Devices.Keys);
        Assert.Equal([Bridge], Network.Bridges);
        Network.Before = (_, _, _) => Task.CompletedTask;
        Assert.IsType<StepResult.Done>((await UnplugAsync(7, Three)).Result);
        Assert.Empty(Network.Bridges);
    }

    [Fact]
    public async Task Of_an_instance_s_ports_only_the_one_that_is_attached_or_detached_is_touched()
    {
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Three) with { Port = Three[2].Id });

        await RunAsync(step);

        Assert.Equal([Three[2].Device], Network.Devices.Keys);
        Assert.Equal("eth2", Network.PlugOf(Three[2].Device).Interface.Name);
        await RunAsync(step with { Port = null, Token = new FencingToken(5, step.Token.Writer) });
        await RunAsync(step with { Step = StepKind.UnplugVifs, Token = new FencingToken(7, step.Token.Writer) });
        Assert.Equal(Three[..2].Select(vif => vif.Device), Network.Devices.Keys);
    }

    [Fact]
    public async Task A_step_that_is_called_off_in_its_middle_takes_back_what_it_did()
    {
        var (reached, _) = Hold(NetworkCall.Plug, Three[1].Device);
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Three));
        Networks.Tell(step, ActorRefs.NoSender);
        await Eventually.CompletesAsync(reached, "the second port is being plugged");
        Assert.Equal([Three[0].Device], Network.Devices.Keys);

        Networks.Tell(new CancelStep(step), ActorRefs.NoSender);

        Assert.Equal(FaultCode.Cancelled, (await EndAsync()).Fault!.Code);
        Assert.Empty(Network.Devices);
        await Eventually.HoldsAsync(() => Network.Bridges.IsEmpty, "the bridge is taken away");
    }

    [Fact]
    public async Task Calling_off_an_older_step_leaves_the_newer_one_alone()
    {
        var (reached, release) = Hold(NetworkCall.Plug, Three[0].Device);
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 5, null, Three));
        Networks.Tell(step, ActorRefs.NoSender);
        await Eventually.CompletesAsync(reached, "the port is being plugged");

        Networks.Tell(new CancelStep(step with { Token = new FencingToken(3, step.Token.Writer) }), ActorRefs.NoSender);
        release.SetResult();

        Assert.Null((await EndAsync()).Fault);
    }

    [Theory]
    [InlineData(NetworkCall.Prepare)]
    [InlineData(NetworkCall.Plug)]
    public async Task A_step_that_has_no_end_ends_at_its_deadline_and_leaves_nothing(NetworkCall call)
    {
        Instances = Instances with
        {
            Deadlines = new EquatableMap<TimeSpan>([KeyValuePair.Create("PlugVifs", TimeSpan.FromMilliseconds(50))]),
        };
        Hold(call, call == NetworkCall.Prepare ? Bridge : Three[1].Device);

        var failed = await PlugAsync(3, Three);

        Assert.Equal(FaultCode.TimedOut, failed.Fault!.Code);
        await Eventually.HoldsAsync(() => Network.Devices.IsEmpty && Network.Bridges.IsEmpty, "nothing is left");
    }

    [Fact]
    public async Task A_network_that_fails_at_once_is_a_fault_of_the_step_and_ends_nobody()
    {
        Network.Before = (call, _, _) => call == NetworkCall.Prepare
            ? throw new VifException(FaultCode.Invalid, "look for brctl", "there is none")
            : Task.CompletedTask;
        Assert.Equal("look for brctl: there is none", (await PlugAsync(3, Three)).Fault!.Message);

        Network.Before = (_, _, _) => Task.CompletedTask;

        Assert.Null((await PlugAsync(5, Three)).Fault);
    }

    [Fact]
    public async Task A_port_is_plugged_where_the_sandbox_runs_and_no_container_does()
    {
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Three[0]));
        var container = await CreateContainerAsync(step.SandboxId!);

        await RunAsync(step with { ContainerId = container });

        Assert.Equal(NamespaceOf(step.SandboxId!), Network.Devices[Three[0].Device]);
    }

    [Fact]
    public async Task A_port_is_plugged_into_the_sandbox_that_the_running_container_was_started_in()
    {
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Three[0]));
        var container = await CreateContainerAsync(step.SandboxId!);
        await Engine.StartContainerAsync(container, CancellationToken.None);

        await RunAsync(step with { ContainerId = container });

        Assert.Equal(NamespaceOf(step.SandboxId!), Network.Devices[Three[0].Device]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_sandbox_ended_under_a_running_container_its_own_namespace_is_the_one(bool isStartedAgain)
    {
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Three[0]));
        var container = await CreateContainerAsync(step.SandboxId!);
        await Engine.StartContainerAsync(container, CancellationToken.None);
        Engine.Exit(step.SandboxId!, 137);
        if (isStartedAgain)
            await Engine.StartContainerAsync(step.SandboxId!, CancellationToken.None);

        await RunAsync(step with { ContainerId = container });

        var pid = Engine.Containers.Single(candidate => candidate.Id == container).Pid;
        Assert.Equal($"/proc/{pid}/ns/net", Network.Devices[Three[0].Device]);
    }

    [Fact]
    public async Task Where_nothing_runs_there_is_no_namespace_and_a_later_try_may_find_one()
    {
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Three[0]));
        Engine.Exit(step.SandboxId!, 137);

        var failed = await RunAsync(step);

        Assert.Equal(FaultCode.Transient, failed.Fault!.Code);
        Assert.Contains("no namespace to plug into", failed.Fault.Message, StringComparison.Ordinal);
        Assert.Empty(Network.Calls);
    }

    [Theory]
    [InlineData(EngineErrorKind.Unavailable, FaultCode.Unavailable)]
    [InlineData(EngineErrorKind.Transient, FaultCode.Transient)]
    public async Task An_Engine_that_cannot_tell_the_namespace_is_a_fault_of_its_kind(EngineErrorKind kind, FaultCode code)
    {
        var step = await WithSandboxAsync(Ports.Step(StepKind.PlugVifs, 3, null, Three[0]));
        Engine.Faults.FailBefore(EngineCall.FindContainer, kind);

        Assert.Equal(code, (await RunAsync(step)).Fault!.Code);
        Assert.Empty(Network.Calls);
    }

    private Task<string> CreateContainerAsync(string sandbox) => Engine.CreateContainerAsync(
        new ContainerSpec
        {
            Name = $"nova-{Sample.Id}",
            Image = NovaDocker.Actors.Images.ImageTags.ForImage(Sample.Image.Id),
            Hostname = "",
            Labels = Labels.OfInstance(Sample.Identity, Sample.Id),
            MemoryBytes = 1 << 30,
            CpuShares = 1024,
            NanoCpus = 0,
            NetworkMode = $"container:{sandbox}",
        },
        CancellationToken.None);
}
