using System.Net;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Docker.Sandboxes;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Vifs;
using NovaDocker.Testing;

namespace NovaDocker.Actors.Tests.Docker.Sandboxes;

/// <summary>What the sandbox gets of an instance's options, and what is left to the container.</summary>
public sealed class SandboxBlueprintTests
{
    [Fact]
    public void A_sandbox_may_do_nothing_and_has_our_labels()
    {
        var spec = For(Sample.Spec);

        Assert.Equal((SandboxImage.Name, "none", $"nova-{Sample.Id}-sandbox"), (spec.Image, spec.NetworkMode, spec.Name));
        Assert.Equal((true, ["ALL"], ["no-new-privileges"]), (
            spec.Options.IsOn(OptionKeys.ReadOnly), spec.Options.Words(OptionKeys.CapDrop), spec.Options.Words(OptionKeys.SecurityOptions)));
        Assert.Equal(("none", "SIGKILL"), (spec.Options.Text(OptionKeys.LogDriver), spec.Options.Text(OptionKeys.StopSignal)));
        Assert.Equal(Sample.Id, Labels.SandboxOf(spec.Labels));
        Assert.Null(Labels.InstanceOf(spec.Labels));
        Assert.Null(Labels.ClaimOf(spec.Labels));
        Assert.Empty(spec.Options.Pairs(OptionKeys.Sysctls));
    }

    [Theory]
    [InlineData(null, "web-1")]
    [InlineData("chosen", "chosen")]
    public void Its_host_name_is_the_instance_s(string? chosen, string hostname)
    {
        var options = chosen is null
            ? ContainerOptions.None
            : ContainerOptions.None.With(OptionKeys.Hostname, new OptionValue.Text(chosen))
                .With(OptionKeys.Domainname, new OptionValue.Text("example.org"));

        var spec = For(Sample.Spec with { Options = options });

        Assert.Equal((hostname, chosen is null ? null : "example.org"), (spec.Hostname, spec.Options.Text(OptionKeys.Domainname)));
    }

    [Fact]
    public void Settings_of_the_kernel_s_network_go_to_the_sandbox_and_the_others_stay()
    {
        var options = ContainerOptions.None.With(OptionKeys.Sysctls, new OptionValue.Pairs(new EquatableMap<string>(
        [
            KeyValuePair.Create("net.core.somaxconn", "1024"), KeyValuePair.Create("kernel.shmmax", "65536"),
        ])));

        Assert.Equal(
            [KeyValuePair.Create("net.core.somaxconn", "1024")],
            For(Sample.Spec with { Options = options }).Options.Pairs(OptionKeys.Sysctls));
        Assert.Equal(
            [KeyValuePair.Create("kernel.shmmax", "65536")], SandboxBlueprint.RestOf(options).Pairs(OptionKeys.Sysctls));
    }

    [Fact]
    public void Addresses_of_IPv6_are_as_planned_and_what_the_instance_says_of_it_stands()
    {
        var options = ContainerOptions.None.With(OptionKeys.Sysctls, new OptionValue.Pairs(new EquatableMap<string>(
            [KeyValuePair.Create("net.ipv6.conf.default.accept_ra", "2")])));

        var sysctls = For(Sample.Spec with { Options = options }, Ports.Vif(1), V6()).Options.Pairs(OptionKeys.Sysctls);

        Assert.Equal(
            [("net.ipv6.conf.default.accept_dad", "0"), ("net.ipv6.conf.default.accept_ra", "2")],
            sysctls.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public async Task The_container_joins_the_sandbox_and_has_none_of_what_the_sandbox_owns()
    {
        var options = ContainerOptions.None
            .With(OptionKeys.Hostname, new OptionValue.Text("chosen"))
            .With(OptionKeys.Domainname, new OptionValue.Text("example.org"))
            .With(OptionKeys.Dns, new OptionValue.Words(["9.9.9.9"]))
            .With(OptionKeys.DnsSearch, new OptionValue.Words(["example.org"]))
            .With(OptionKeys.ExtraHosts, new OptionValue.Words(["db:10.0.0.9"]))
            .With(OptionKeys.NetworkMode, new OptionValue.Text("none"))
            .With(OptionKeys.ExposedPorts, new OptionValue.Words(["80/tcp"]))
            .With(OptionKeys.ReadOnly, new OptionValue.Switch(true));
        var step = Ports.Step(StepKind.CreateContainer, 1, null, Ports.Vif()) with
        {
            Spec = Sample.Spec with { Options = options, Vifs = [Ports.Vif()] }, SandboxId = "5a5a",
        };

        var spec = await Sample.Blueprint().MakeAsync(step, 4, new FakeContainerEngine(), CancellationToken.None);

        Assert.Equal(("container:5a5a", ""), (spec.NetworkMode, spec.Hostname));
        Assert.Equal([OptionKeys.Binds.Name, OptionKeys.ReadOnly.Name], spec.Options.Values.Keys);
        Assert.Equal(
            ["/etc/hosts", "/etc/resolv.conf"], spec.Options.Words(OptionKeys.Binds).Select(bind => bind.Split(':')[1]));
    }

    private static ContainerSpec For(InstanceSpec spec, params Vif[] vifs) => SandboxBlueprint.For(
        Ports.Step(StepKind.CreateSandbox, 1, null, vifs.Length == 0 ? [Ports.Vif()] : vifs) with { Spec = spec }, Sample.Identity);

    private static Vif V6()
    {
        var vif = Ports.Vif(2);
        var subnet = new VifSubnet(IPNetwork.Parse("fd00::/64"), [new FixedIp(IPAddress.Parse("fd00::2"), [])]);
        return vif with { Network = vif.Network with { Subnets = [subnet] } };
    }
}
