using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Instances;

/// <summary>A spec is an event, and its free text is bounded: all of it together.</summary>
public sealed class InstanceSpecSizeTests
{
    private static readonly InstanceSpec Empty =
        Sample.Spec with { Command = [], Environment = EquatableMap<SealedValue>.Empty };

    [Fact]
    public void Command_and_environment_together_are_bounded()
    {
        const int Half = InstanceSpecRules.MaxArgumentBytes / 2;
        var spec = Empty with { Command = [new string('c', Half)], Environment = Environment("N", Half - 1) };
        Assert.Empty(InstanceSpecRules.Problems(spec));

        AssertProblem(
            spec with { Command = [new string('c', Half), "c"] },
            "the instance's spec takes 32769 bytes (command 16385, env 16384); at most 32768 are allowed.");
    }

    [Fact]
    public void Text_is_counted_in_bytes() => AssertProblem(
        Empty with { Command = [new string('é', InstanceSpecRules.MaxArgumentBytes / 2), "c"] },
        "the instance's spec takes 32769 bytes (command 32769); at most 32768 are allowed.");

    [Fact]
    public void Every_part_is_counted_and_named()
    {
        var key = $"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIK83cYefCeP87/OEeL03FBQan9nwoWqV+op5BcJGxdj {new string('c', 9920)}";
        var spec = Empty with
        {
            Command = ["sh"],
            HealthCheck = HealthCheck.Off with { Command = ["true"] },
            Environment = Environment("A", 9),
            Options = Options(
                (OptionKeys.User.Name, new OptionValue.Text("0")),
                (OptionKeys.Memory.Name, new OptionValue.Number(1)),
                (OptionKeys.Tty.Name, new OptionValue.Switch(true)),
                (OptionKeys.Dns.Name, new OptionValue.Words(["8.8.8.8"])),
                (OptionKeys.Labels.Name, new OptionValue.Pairs(Map(("a", new string('l', 10_000))))),
                (OptionKeys.SealedLogOptions.Name, new OptionValue.SealedPairs(Map(("tag", new SealedValue("k", "12345"))))),
                (OptionKeys.HealthCheck.Name, new OptionValue.Check(HealthCheck.Off)),
                (OptionKeys.RestartPolicy.Name, new OptionValue.Restart(RestartPolicy.No))),
            Origins = Map(("env.A", new OptionOrigin(OptionSource.Request, "line"))),
            UserData = new UserDataRecord(UserDataKind.ContainerOptions, "", 0, [new string('n', 10_000)]),
            PublicKey = key,
        };

        var problem = Assert.Single(InstanceSpecRules.Problems(spec with { Command = [new string('c', 3000)] }));

        Assert.Matches(
            @"^the instance's spec takes \d+ bytes \(command 3000, health check 4, env 10, options 10071, origins 9, "
            + @"notes on the user data 10000, public key 10001\); at most 32768 are allowed\.$",
            problem);
        Assert.Empty(InstanceSpecRules.Problems(spec));
    }

    [Fact]
    public void A_public_key_is_checked_with_the_spec()
    {
        AssertProblem(
            Sample.Spec with { PublicKey = "-----BEGIN PRIVATE KEY-----" },
            "public key holds a private key; give the public one, as a rule the file with .pub at its end.");
        Assert.Empty(InstanceSpecRules.Problems(Sample.Spec with { PublicKey = null }));
    }

    private static void AssertProblem(InstanceSpec spec, string problem) =>
        Assert.Equal([problem], InstanceSpecRules.Problems(spec));

    private static EquatableMap<SealedValue> Environment(string name, int bytes) =>
        Map((name, new SealedValue("key-1", new string('e', bytes))));

    private static ContainerOptions Options(params (string Name, OptionValue Value)[] options) => new(Map(options));

    private static EquatableMap<T> Map<T>(params (string Name, T Value)[] entries)
        where T : IEquatable<T> => new(entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));
}
