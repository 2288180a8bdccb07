using System.Net;
using NovaDocker.Actors.Docker.Sandboxes;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Tests.Docker.Sandboxes;

/// <summary>What an instance with ports finds in its <c>/etc/hosts</c> and <c>/etc/resolv.conf</c>.</summary>
public sealed class ResolutionFilesTests : IDisposable
{
    private static readonly Vif[] Two = [WithDns(1, "10.1.0.2", "10.1.0.3"), WithDns(2, "10.1.0.3")];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("novadocker-resolution-");

    [Fact]
    public void Lines_of_the_hosts_file_are_those_that_were_asked_for_and_its_own_addresses()
    {
        var options = ContainerOptions.None
            .With(OptionKeys.ExtraHosts, new OptionValue.Words(["db:10.0.0.9", "six:fd00::9"]))
            .With(OptionKeys.Domainname, new OptionValue.Text("example.org"));

        var lines = Lines(Sample.Spec with { Options = options }, 0, Two);

        Assert.Contains("127.0.0.1\tlocalhost", lines);
        Assert.Equal(
            ["10.0.0.9\tdb", "fd00::9\tsix", "10.1.1.1\tweb-1.example.org web-1", "10.1.1.2\tweb-1.example.org web-1"],
            lines[^4..]);
    }

    [Fact]
    public void Name_servers_are_those_of_the_subnets_each_once()
    {
        Assert.Equal(["nameserver 10.1.0.2", "nameserver 10.1.0.3"], Lines(Sample.Spec, 1, Two));
    }

    [Fact]
    public void What_the_instance_says_of_name_servers_stands_above_its_subnets()
    {
        var options = ContainerOptions.None
            .With(OptionKeys.Dns, new OptionValue.Words(["9.9.9.9"]))
            .With(OptionKeys.DnsSearch, new OptionValue.Words(["a.example", "b.example"]));

        Assert.Equal(["nameserver 9.9.9.9", "search a.example b.example"], Lines(Sample.Spec with { Options = options }, 1, Two));
    }

    [Fact]
    public void Where_nobody_knows_a_name_server_those_of_the_machine_are_used_that_can_be_reached()
    {
        var machine = Path.Combine(_directory.FullName, "machine");
        File.WriteAllText(machine, "nameserver 127.0.0.53\nnameserver ::1\nnameserver 10.7.7.7\nsearch example.com\n");

        Assert.Equal(["nameserver 10.7.7.7", "search example.com"], Lines(Sample.Spec, 1, [Ports.Vif()], machine));
        var options = ContainerOptions.None.With(OptionKeys.DnsSearch, new OptionValue.Words(["own.example"]));
        Assert.Equal(
            ["nameserver 10.7.7.7", "search own.example"],
            Lines(Sample.Spec with { Options = options }, 1, [Ports.Vif()], machine));
        Assert.Empty(Lines(Sample.Spec, 1, [Ports.Vif()], Path.Combine(_directory.FullName, "none")));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private string[] Lines(InstanceSpec spec, int file, Vif[] vifs, string machine = "/nowhere")
    {
        var binds = new ResolutionFiles(_directory.FullName, machine).Write(
            Ports.Step(StepKind.CreateContainer, 1, null, vifs) with { Spec = spec });
        return File.ReadAllLines(binds.ElementAt(file).Split(':')[0]);
    }

    private static Vif WithDns(int number, params string[] servers)
    {
        var vif = Ports.Vif(number);
        var subnet = vif.Network.Subnets[0] with { Dns = servers.Select(IPAddress.Parse).ToEquatableArray() };
        return vif with { Network = vif.Network with { Subnets = [subnet] } };
    }
}
