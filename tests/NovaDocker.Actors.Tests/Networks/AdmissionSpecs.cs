using System.Collections.Immutable;
using System.Net;
using Akka.Actor;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Networks;

/// <summary>Ports that are wished for: what is free is known of the instances, who are asked before anything is refused.</summary>
public sealed class AdmissionSpecs : NetworkLab
{
    private int _asked;

    public AdmissionSpecs(ITestOutputHelper output)
        : base(output)
    {
        Settings = Settings.With(Ports.Blue);
        Says();
    }

    [Fact]
    public async Task Each_boot_gets_the_lowest_address_that_is_free()
    {
        Assert.Equal("10.1.0.10", await BootAsync(Sample.NewId()));
        Assert.Equal("10.1.0.11", await BootAsync(Sample.NewId()));
    }

    [Fact]
    public async Task Addresses_that_instances_have_are_not_given_away_also_after_a_start()
    {
        var settled = await SettledAsync(Sample.NewId());
        Says(Ports.View(Sample.NewId(), settled));

        Assert.Equal("10.1.0.11", await BootAsync(Sample.NewId()));
    }

    [Fact]
    public async Task The_same_request_gets_the_same_port_again()
    {
        var id = Sample.NewId();
        var first = await AdmitAsync(id, "req-1", "net=blue");
        await BootAsync(Sample.NewId());

        Assert.Equal(first, await AdmitAsync(id, "req-1", "net=blue"));
        Assert.NotEqual(first, await AdmitAsync(id, "req-2", "net=blue"));
    }

    [Fact]
    public async Task Nothing_is_given_away_before_the_instances_were_heard()
    {
        var heard = new TaskCompletionSource<ImmutableArray<InstanceView>>(TaskCreationOptions.RunContinuationsAsynchronously);
        FindInstances = () => heard.Task;
        Networks.Tell(Wish(Sample.NewId(), "req-1", "net=blue"));
        await RoundTripAsync();
        Assert.False(HasMessages);

        heard.SetResult([Ports.View(Sample.NewId(), PortWith("10.1.0.10"))]);

        Assert.Equal("10.1.0.11", AddressOf(await ExpectMsgAsync<PortsAdmitted>()));
    }

    [Fact]
    public async Task Instances_that_cannot_be_asked_are_asked_again()
    {
        FindInstances = () => ++_asked == 1
            ? Task.FromException<ImmutableArray<InstanceView>>(new TimeoutException("The journal does not answer."))
            : Task.FromResult<ImmutableArray<InstanceView>>([Ports.View(Sample.NewId(), PortWith("10.1.0.10"))]);

        Assert.Equal("10.1.0.11", await BootAsync(Sample.NewId()));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task An_exhausted_range_is_refused_only_when_the_instances_still_have_all_of_it()
    {
        var ids = Enumerable.Range(0, 3).Select(_ => Sample.NewId()).ToArray();
        foreach (var id in ids)
            await BootAsync(id);

        var refused = await RefusedAsync(Sample.NewId(), "net=blue");

        Assert.Equal(RefusalCode.NoAddress, refused.Code);
        Assert.Contains("no free address from 10.1.0.10 to 10.1.0.12 in 10.1.0.0/24", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(2, _asked);
        Time.Advance(TimeSpan.FromMinutes(3));
        Says(Ports.View(ids[0], PortWith("10.1.0.10")), Ports.View(ids[2], PortWith("10.1.0.12", 2)));
        Assert.Equal("10.1.0.11", await BootAsync(Sample.NewId()));
    }

    [Fact]
    public async Task What_the_instances_said_before_a_refusal_is_not_enough_for_it()
    {
        Assert.NotNull(Networks);
        var ids = Enumerable.Range(0, 3).Select(_ => Sample.NewId()).ToArray();
        foreach (var id in ids)
            await BootAsync(id);
        Time.Advance(TimeSpan.FromMinutes(3));
        var old = new TaskCompletionSource<ImmutableArray<InstanceView>>(TaskCreationOptions.RunContinuationsAsynchronously);
        FindInstances = () => old.Task;
        Networks.Tell(Wish(Sample.NewId(), "req-1", "net=blue"));
        await RoundTripAsync();
        // The second comes while the instances are still being asked for the first.
        Networks.Tell(Wish(Sample.NewId(), "req-2", "net=blue"));
        await RoundTripAsync();
        Says();
        old.SetResult([.. ids.Select((id, i) => Ports.View(id, PortWith($"10.1.0.{10 + i}", i + 1)))]);

        Assert.Equal(RefusalCode.NoAddress, (await ExpectMsgAsync<InstanceProtocol.Refused>()).Code);
        Assert.Equal("10.1.0.10", AddressOf(await ExpectMsgAsync<PortsAdmitted>()));
    }

    [Fact]
    public async Task A_boot_that_takes_longer_than_a_port_is_kept_for_it_does_not_lose_its_address()
    {
        var slow = await SettledAsync(Sample.NewId());
        Time.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal("10.1.0.11", await BootAsync(Sample.NewId()));
        Says(Ports.View(Sample.NewId(), 3, InstancePhase.Building, [.. Ports.Of(slow)]));
        Assert.Equal(RefusalCode.PortInUse, (await RefusedAsync(Sample.NewId(), "net=blue,ip=10.1.0.10")).Code);
    }

    [Fact]
    public async Task A_step_that_ends_while_the_instances_are_asked_keeps_its_address()
    {
        var attaching = Sample.NewId();
        await BootAsync(Sample.NewId());
        var vif = await SettledAsync(attaching);
        var said = new TaskCompletionSource<ImmutableArray<InstanceView>>(TaskCreationOptions.RunContinuationsAsynchronously);
        FindInstances = () => said.Task;
        Networks.Tell(Wish(Sample.NewId(), "req-1", "net=blue,ip=10.1.0.10"));
        await RoundTripAsync();
        await RunAsync(Ports.Step(StepKind.PlugVifs, 3, attaching, vif));

        // It was asked before it had the port.
        said.SetResult([Ports.View(attaching)]);
        Assert.Equal(RefusalCode.PortInUse, (await ExpectMsgAsync<InstanceProtocol.Refused>()).Code);

        Assert.Equal("10.1.0.12", await BootAsync(Sample.NewId()));
    }

    [Theory]
    [InlineData("net=blue,ip=10.1.0.11,mac=fa:16:3e:00:00:02", null)]
    [InlineData("net=blue,ip=10.1.0.10,mac=fa:16:3e:00:00:02", "ip 10.1.0.10 is that of port")]
    [InlineData("net=blue,ip=10.1.0.11,mac=fa:16:3e:00:00:01", "mac fa:16:3e:00:00:01 is that of port")]
    [InlineData("net=green,ip=10.1.0.10/24,mac=fa:16:3e:00:00:01", null)]
    [InlineData("net=blue,ip=10.1.0.11,port=00000001-1234-0000-0000-000000000001", "is instance")]
    [InlineData("net=green,port=00000001-1234-5678-0000-000000000009", "devname tap00000001-12 is that of port")]
    public async Task A_port_that_another_has_is_refused_and_named(string wish, string? problem)
    {
        var other = PortWith("10.1.0.10") with { Mac = MacAddress.Parse("fa:16:3e:00:00:01") };
        Says(Ports.View(Sample.Id, other));

        if (problem is null)
        {
            await AdmitAsync(Sample.NewId(), "req-1", wish);
            return;
        }

        var refused = await RefusedAsync(Sample.NewId(), wish);
        Assert.Equal(RefusalCode.PortInUse, refused.Code);
        Assert.Contains(problem, refused.Reason, StringComparison.Ordinal);
        Assert.Contains(Sample.Id.ToString(), refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_of_an_instance_that_has_gone_meanwhile_may_be_had()
    {
        Says(Ports.View(Sample.Id, PortWith("10.1.0.10")));
        await BootAsync(Sample.NewId());
        Says();

        Assert.Equal("10.1.0.10", AddressOf(await AdmitAsync(Sample.NewId(), "req-1", "net=blue,ip=10.1.0.10")));
    }

    [Fact]
    public async Task What_was_detached_may_be_attached_again_with_the_same_addresses()
    {
        var vif = PortWith("10.1.0.10");
        Says(Ports.View(Sample.Id, vif));
        await BootAsync(Sample.NewId());
        Says(Ports.View(Sample.Id));

        Networks.Tell(new HostProtocol.AdmitInterface(Sample.Host, Sample.Id, "req-2", Ports.Nic($"net=blue,ip=10.1.0.10,mac={vif.Mac}")));

        Assert.Equal("10.1.0.10", (await ExpectMsgAsync<HostProtocol.InterfaceAdmitted>()).Vif.Addresses.Single().ToString());
    }

    [Fact]
    public async Task A_port_that_the_host_cannot_plug_is_refused_with_the_reason()
    {
        Network.Problem = vif => vif.Type == VifTypes.Ovs ? "there is no ovs-vsctl." : null;

        var refused = await RefusedAsync(Sample.NewId(), "net=blue,vif-type=ovs");

        Assert.Equal((RefusalCode.InvalidArgument, "there is no ovs-vsctl."), (refused.Code, refused.Reason));
    }

    [Fact]
    public async Task The_networks_of_the_host_and_those_of_ports_are_shown()
    {
        Says(Ports.View(Sample.Id, PortWith("10.1.0.10"), Ports.Vif(2, "green")));
        await BootAsync(Sample.NewId());

        Networks.Tell(new HostProtocol.GetNetworks(Sample.Host));

        var shown = (await ExpectMsgAsync<HostProtocol.HostNetworks>()).Networks;
        Assert.Equal([("blue", true, 2), ("green", false, 1)], shown.Select(network => (network.Id.Value, network.IsLocal, network.Ports)));
        Assert.Equal([1L], shown[0].Free);
    }

    private static AdmitPorts Wish(InstanceId id, string request, params string[] nics) =>
        new(id, request, nics.Select(Ports.Nic).ToEquatableArray());

    private static string AddressOf(PortsAdmitted admitted) => admitted.Vifs.Single().Addresses.Single().ToString();

    private static Vif PortWith(string address, int number = 1) => Ports.Vif(number) with
    {
        Network = new VifNetwork(
            Ports.Blue.Id, [new VifSubnet(Ports.Blue.Subnets[0].Cidr, [new FixedIp(IPAddress.Parse(address), [])])]),
    };

    private void Says(params InstanceView[] views) => FindInstances = () =>
    {
        _asked++;
        return Task.FromResult(views.ToImmutableArray());
    };

    private async Task<PortsAdmitted> AdmitAsync(InstanceId id, string request, string nic)
    {
        Networks.Tell(Wish(id, request, nic));
        return await ExpectMsgAsync<PortsAdmitted>();
    }

    private async Task<InstanceProtocol.Refused> RefusedAsync(InstanceId id, string nic)
    {
        Networks.Tell(Wish(id, "req-boot", nic));
        return await ExpectMsgAsync<InstanceProtocol.Refused>();
    }

    private async Task<string> BootAsync(InstanceId id) => AddressOf(await AdmitAsync(id, "req-boot", "net=blue"));

    private async Task<Vif> SettledAsync(InstanceId id) => (await AdmitAsync(id, "req-boot", "net=blue")).Vifs.Single();

    /// <summary>Waits until all that was sent before has been taken in, by the supervisor and by who settles ports for it.</summary>
    private async Task RoundTripAsync()
    {
        await Networks.Ask<InstanceProtocol.Diagnostics>(
            new HostProtocol.ReadCounters(Sample.Host, Sample.Id, []), TimeSpan.FromSeconds(30));
        var registrar = Sys.ActorSelection(Networks.Path / "child" / "registrar");
        Assert.NotNull((await registrar.Ask<ActorIdentity>(new Identify(null), TimeSpan.FromSeconds(30))).Subject);
    }
}
