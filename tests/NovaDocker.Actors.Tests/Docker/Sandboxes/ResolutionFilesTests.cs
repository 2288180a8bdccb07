using System.Net;
using NovaDocker.Actors.Docker.Sandboxes;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Tests.Docker.Sandboxes;

/// <summary>What instances with ports find in <c>/etc/hosts</c> and <c>/etc/resolv.conf</c>.</summary>
public sealed class ResolutionFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("resolution-").FullName;
    private readonly ResolutionFiles _files;

    public ResolutionFilesTests()
    {
        File.WriteAllText(Path.Combine(_directory, "resolv.conf"), "search lan\nnameserver 127.0.0.53\nnameserver 192.0.2.1\noptions edns0\n");
        _files = new ResolutionFiles(Path.Combine(_directory, "files"), Path.Combine(_directory, "resolv.conf"));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_hosts_are_its_own_addresses_by_its_names_and_those_that_were_asked_for()
    {
        var options = ContainerOptions.None
            .With(OptionKeys.ExtraHosts, new OptionValue.Words(["db:10.0.0.9", "six:fd00::9"]))
            .With(OptionKeys.Domainname, new OptionValue.Text("example.org"));

        var lines = Hosts(options, Ports.Vif(1), Ports.Vif(2));

        Assert.Contains("127.0.0.1\tlocalhost", lines);
        Assert.Contains("10.0.0.9\tdb", lines);
        Assert.Contains("fd00::9\tsix", lines);
        Assert.Contains("10.1.1.1\tweb-1.example.org web-1", lines);
        Assert.Contains("10.1.1.2\tweb-1.example.org web-1", lines);
        Assert.DoesNotContain("", lines);
    }

    [Fact]
    public void Its_name_servers_are_those_of_the_subnets_each_once()
    {
        Assert.Equal(
            ["nameserver 10.1.0.2", "nameserver 10.1.0.3"],
            ResolvConf(ContainerOptions.None, WithDns(1, "10.1.0.2", "10.1.0.3"), WithDns(2, "10.1.0.3")));
    }

    [Fact]
    public void What_the_instance_says_of_name_servers_and_domains_stands()
    {
        var own = ContainerOptions.None
            .With(OptionKeys.Dns, new OptionValue.Words(["9.9.9.9"]))
            .With(OptionKeys.DnsSearch, new OptionValue.Words(["example.org", "example.net"]));

        Assert.Equal(["nameserver 9.9.9.9", "search example.org example.net"], ResolvConf(own, WithDns(1, "10.1.0.2")));
    }

    [Fact]
    public void Where_nobody_names_a_server_the_machine_s_are_taken_but_for_those_on_its_loopback()
    {
        Assert.Equal(["search lan", "nameserver 192.0.2.1", "options edns0"], ResolvConf(ContainerOptions.None, Ports.Vif()));
    }

    [Fact]
    public void They_are_bound_where_programs_look_for_them_known_as_ours_and_gone_afterwards()
    {
        var binds = _files.Write(StepWith(ContainerOptions.None, [Ports.Vif()])).ToList();

        Assert.Equal(["/etc/hosts:rw", "/etc/resolv.conf:rw"], binds.Select(bind => bind[(bind.IndexOf(':', StringComparison.Ordinal) + 1)..]));
        Assert.All(binds, bind => Assert.True(_files.Holds(bind)));
        Assert.False(_files.Holds("/etc/hosts:/etc/hosts:rw"));

        _files.Remove(Sample.Id);

        Assert.All(binds, bind => Assert.False(File.Exists(bind.Split(':')[0])));
    }

    private string[] Hosts(ContainerOptions options, params Vif[] vifs) => Read(0, options, vifs);

    private string[] ResolvConf(ContainerOptions options, params Vif[] vifs) => Read(1, options, vifs);

    private string[] Read(int which, ContainerOptions options, Vif[] vifs) =>
        File.ReadAllLines(_files.Write(StepWith(options, vifs)).ElementAt(which).Split(':')[0]);

    private static HostProtocol.RunStep StepWith(ContainerOptions options, Vif[] vifs) =>
        Ports.Step(StepKind.CreateContainer, 1, null, vifs) with { Spec = Sample.Spec with { Options = options } };

    private static Vif WithDns(int number, params string[] servers)
    {
        var vif = Ports.Vif(number);
        var subnet = vif.Network.Subnets[0] with { Dns = servers.Select(IPAddress.Parse).ToEquatableArray() };
        return vif with { Network = vif.Network with { Subnets = [subnet] } };
    }
}
