using System.Collections.Immutable;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;
using NovaDocker.UserData.Policy;
using NovaDocker.UserData.Settling;

namespace NovaDocker.UserData.Tests.Settling;

/// <summary>Who has the last word on each option, and what is refused whoever says it.</summary>
public sealed class BootSettlingTests
{
    private const long MiB = 1024 * 1024;

    private static readonly InstanceId Other = InstanceId.Parse("11111111-2222-3333-4444-555555555555");

    private static readonly ContainerPolicy Bridged = ContainerPolicy.Default with
    {
        NetworkModes = ["none", "bridge"],
        PublishedPorts = [new PortRange(1, 65535)],
        EphemeralPorts = true,
        Links = true,
        VolumesFrom = true,
    };

    private static readonly BootWish Flavor = new(MemoryMb: 256, Vcpus: 2);

    [Fact]
    public void An_image_says_how_long_its_instances_have_to_end_unless_user_data_say_otherwise()
    {
        var image = Flavor with { ImageProperties = Map(("os_shutdown_timeout", "90")) };

        var settled = Settle(image);
        var asked = Settle(image with { UserData = Reading(Option(OptionKeys.StopTimeout, new OptionValue.Number(5))) });

        Assert.Equal(new OptionValue.Number(90), settled.Options.Values["stop-timeout"]);
        Assert.Equal(new OptionOrigin(OptionSource.ImageProperty, "os_shutdown_timeout"), settled.Origins["stop-timeout"]);
        Assert.Equal(new OptionValue.Number(5), asked.Options.Values["stop-timeout"]);
        Assert.Equal(OptionSource.UserData, asked.Origins["stop-timeout"].Source);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3601")]
    [InlineData("soon")]
    public void A_time_to_end_that_cannot_be_is_named(string value)
    {
        var fault = Assert.Single(Settle(Flavor with { ImageProperties = Map(("os_shutdown_timeout", value)) }).Faults);

        Assert.Contains($"image property os_shutdown_timeout is '{value}'; seconds from 1 to 3600", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_of_the_image_properties_is_split_as_a_shell_splits_it()
    {
        var settled = Settle(Flavor with { ImageProperties = Map(("os_command_line", "sh -c 'sleep 10; echo \"a b\"'")) });

        Assert.Equal(["sh", "-c", "sleep 10; echo \"a b\""], settled.Command);
        Assert.Equal(new OptionOrigin(OptionSource.ImageProperty, "os_command_line"), settled.Origins["command"]);
    }

    [Fact]
    public void An_image_property_that_no_shell_can_split_is_refused_by_its_name()
    {
        var fault = Assert.Single(Settle(Flavor with { ImageProperties = Map(("os_command_line", "sh -c 'sleep")) }).Faults);

        Assert.Contains("os_command_line", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_of_user_data_goes_over_that_of_the_image_and_under_that_of_the_request()
    {
        var wish = Asking(OptionKeys.Command, new OptionValue.Words(["user", "data"])) with
        {
            ImageProperties = Map(("os_command_line", "from the image")),
        };

        var asked = Settle(wish);
        var requested = Settle(wish with { Command = ["request"] });

        Assert.Equal(["user", "data"], asked.Command);
        Assert.Equal(OptionSource.UserData, asked.Origins["command"].Source);
        Assert.Equal("Key, line 3", asked.Origins["command"].Key);
        Assert.Equal(["request"], requested.Command);
        Assert.Equal(OptionSource.Request, requested.Origins["command"].Source);
    }

    [Fact]
    public void Variables_come_from_metadata_user_data_and_request_one_by_one()
    {
        var wish = Asking(OptionKeys.Environment, new OptionValue.Pairs(Map(("B", "data"), ("C", "data")))) with
        {
            Metadata = Map(("A", "meta"), ("B", "meta")),
            Environment = Map(("C", "request")),
        };

        var settled = Settle(wish);

        Assert.Equal(Map(("A", "meta"), ("B", "data"), ("C", "request")), settled.Environment);
        Assert.Equal(
            [OptionSource.Metadata, OptionSource.UserData, OptionSource.Request],
            new[] { "env.A", "env.B", "env.C" }.Select(name => settled.Origins[name].Source));
    }

    [Fact]
    public void Health_check_and_restart_policy_of_user_data_are_taken_unless_the_request_has_its_own()
    {
        var check = new HealthCheck(["true"], TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 0);
        var always = new RestartPolicy(RestartMode.Always, 0);
        var wish = Flavor with
        {
            UserData = Reading(
                Option(OptionKeys.HealthCheck, new OptionValue.Check(check)),
                Option(OptionKeys.RestartPolicy, new OptionValue.Restart(always))),
        };

        var asked = Settle(wish);
        var requested = Settle(wish with
        {
            HealthCheck = HealthCheck.Off,
            Restart = new RestartPolicy(RestartMode.OnFailure, 2),
        });

        Assert.Equal((check, always), (asked.HealthCheck, asked.Restart));
        Assert.Equal((HealthCheck.Off, RestartMode.OnFailure), (requested.HealthCheck, requested.Restart.Mode));
        Assert.Equal(ContainerOptions.None, asked.Options);
    }

    [Theory]
    [InlineData("memory", 256 * MiB, true)]
    [InlineData("memory", (256 * MiB) + 1, false)]
    [InlineData("memory", 6 * MiB, true)]
    [InlineData("memory", (6 * MiB) - 1, false)]
    [InlineData("memory-swap", 256 * MiB, true)]
    [InlineData("memory-swap", (256 * MiB) + 1, false)]
    [InlineData("memory-swap", -1, false)]
    [InlineData("memory-swap", (256 * MiB) - 1, false)]
    [InlineData("cpu-shares", 2048, true)]
    [InlineData("cpu-shares", 2049, false)]
    [InlineData("cpu-shares", 2, true)]
    [InlineData("cpu-shares", 1, false)]
    [InlineData("shm-size", 256 * MiB, true)]
    [InlineData("shm-size", (256 * MiB) + 1, false)]
    public void The_flavor_is_the_ceiling(string option, long number, bool isTaken)
    {
        var settled = Settle(Asking(new OptionKey<OptionValue.Number>(option), new OptionValue.Number(number)));

        Assert.Equal(isTaken, settled.Faults.IsEmpty);
        Assert.Equal(number, settled.Options.Number(new OptionKey<OptionValue.Number>(option)));
        if (!isTaken)
            Assert.StartsWith($"line 3, column 5: Key is {number}; ", settled.Faults[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Swap_has_room_where_less_memory_is_asked_for()
    {
        var wish = Flavor with
        {
            UserData = Reading(
                Option(OptionKeys.Memory, new OptionValue.Number(64 * MiB)),
                Option(OptionKeys.MemorySwap, new OptionValue.Number(128 * MiB))),
        };

        Assert.True(Settle(wish).Faults.IsEmpty);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("0,3", true)]
    [InlineData("0-3", true)]
    [InlineData("4", false)]
    [InlineData("0-4", false)]
    public void A_cpuset_names_processors_of_the_host(string set, bool isTaken) =>
        Assert.Equal(isTaken, Settle(Asking(OptionKeys.Cpuset, new OptionValue.Text(set))).Faults.IsEmpty);

    [Theory]
    [InlineData(null, false)]
    [InlineData("none", false)]
    [InlineData("bridge", true)]
    public void Ports_are_published_only_where_there_is_a_network(string? mode, bool isTaken)
    {
        var port = Option(OptionKeys.PublishedPorts, new OptionValue.Words([":11022:22/tcp"]));
        var wish = Flavor with
        {
            UserData = mode is null ? Reading(port) : Reading(port, Option(OptionKeys.NetworkMode, new OptionValue.Text(mode))),
        };

        Assert.Equal(isTaken, Settle(wish).Faults.IsEmpty);
    }

    [Fact]
    public void An_instance_that_is_named_is_settled_by_its_id()
    {
        var wish = Flavor with
        {
            UserData = Reading(
                Option(OptionKeys.NetworkMode, new OptionValue.Text("bridge")),
                Option(OptionKeys.Links, new OptionValue.Words(["a:b:db"])),
                Option(OptionKeys.VolumesFrom, new OptionValue.Words(["parent:ro"]))),
        };

        var settled = Settle(wish);

        Assert.Equal(["a:b", "parent"], ReferenceRules.Names(wish.UserData!).Order(StringComparer.Ordinal));
        Assert.True(settled.Faults.IsEmpty);
        Assert.Equal([$"{Other}:db"], settled.Options.Words(OptionKeys.Links));
        Assert.Equal([$"{Other}:ro"], settled.Options.Words(OptionKeys.VolumesFrom));
    }

    [Fact]
    public void An_instance_that_is_not_there_is_refused_with_its_place()
    {
        var wish = Asking(OptionKeys.VolumesFrom, new OptionValue.Words(["missing:ro"]));

        var fault = Assert.Single(Settle(wish).Faults);

        Assert.Equal("line 3, column 5: Key names 'missing'; there is none.", fault.ToString());
    }

    [Fact]
    public void A_link_needs_the_bridge()
    {
        var fault = Assert.Single(Settle(Asking(OptionKeys.Links, new OptionValue.Words(["db:db"]))).Faults);

        Assert.Contains("network mode bridge", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_of_the_key_is_nobody_elses()
    {
        var policy = Bridged with { HostPaths = [new HostPathRule("/srv", ReadOnly: false, Create: false)] };
        var wish = Asking(OptionKeys.Binds, new OptionValue.Words(["/srv/keys:/root/.ssh:rw"]));

        Assert.True(Settle(wish, policy).Faults.IsEmpty);
        var fault = Assert.Single(Settle(wish with { HasKey = true }, policy).Faults);
        Assert.Contains("/root/.ssh", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_policy_alone_forbids_is_told_from_what_is_wrong()
    {
        var forbidden = Settle(Asking(OptionKeys.Privileged, new OptionValue.Switch(true)));
        var wrong = Settle(Flavor with
        {
            UserData = Reading(
                Option(OptionKeys.Privileged, new OptionValue.Switch(true)),
                Option(OptionKeys.Memory, new OptionValue.Number(1))),
        });

        Assert.True(forbidden.IsForbidden);
        Assert.Contains("novadocker.policy.privileged", Assert.Single(forbidden.Faults).ToString(), StringComparison.Ordinal);
        Assert.False(wrong.IsForbidden);
        Assert.Equal(2, wrong.Faults.Count);
    }

    [Fact]
    public void Faults_come_in_the_order_of_the_document()
    {
        var wish = Flavor with
        {
            UserData = Reading(
                Option(OptionKeys.CpuShares, new OptionValue.Number(1)) with { Mark = new Mark(9, 1) },
                Option(OptionKeys.Privileged, new OptionValue.Switch(true)) with { Mark = new Mark(2, 1) },
                Option(OptionKeys.Memory, new OptionValue.Number(1)) with { Mark = new Mark(2, 9) }),
        };

        Assert.Equal([new Mark(2, 1), new Mark(2, 9), new Mark(9, 1)], Settle(wish).Faults.Select(fault => fault.Mark!.Value));
    }

    private static SettledBoot Settle(BootWish wish, ContainerPolicy? policy = null) => BootSettling.Settle(
        wish,
        new HostTerms(policy ?? Bridged, new EverythingIsThere(), Processors: 4)
        {
            FindInstance = name => name == "missing" ? new NamedInstance(null, "there is none.") : new NamedInstance(Other, null),
        });

    private static BootWish Asking<TValue>(OptionKey<TValue> key, TValue value)
        where TValue : OptionValue => Flavor with { UserData = Reading(Option(key, value)) };

    private static AskedOption Option<TValue>(OptionKey<TValue> key, TValue value)
        where TValue : OptionValue => new(key.Name, value, new Mark(3, 5), "Key");

    private static UserDataReading Reading(params AskedOption[] options) => UserDataReading.Empty with
    {
        Asked = options.ToImmutableSortedDictionary(option => option.Option, option => option, StringComparer.Ordinal),
    };

    private static EquatableMap<string> Map(params (string Name, string Value)[] pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    private sealed class EverythingIsThere : IHostPaths
    {
        public (string Path, bool Exists) Resolve(string path) => (path, true);
    }
}
