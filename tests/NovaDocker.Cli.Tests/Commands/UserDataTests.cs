using System.Text;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.UserData;
using NovaDocker.UserData.Policy;
using static NovaDocker.Cli.Tests.UserDataSamples;

namespace NovaDocker.Cli.Tests.Commands;

public sealed class UserDataTests
{
    private static readonly UserDataReading Sound = Reading(
        Asked(OptionKeys.Memory.Name, new OptionValue.Number(64 << 20), 3, "HostConfig.Memory"),
        Asked(OptionKeys.Command.Name, new OptionValue.Words(["date"]), 1, "Cmd"),
        Asked(OptionKeys.RestartPolicy.Name, new OptionValue.Restart(new RestartPolicy(RestartMode.Always, 0)), 2, "restart_policy"),
        Asked(OptionKeys.Environment.Name, new OptionValue.Pairs(Pairs("TOKEN", "s3cret")), 4, "environment"),
        Asked(OptionKeys.LogOptions.Name, new OptionValue.Pairs(Pairs("tag", "s3cret")), 5, "log_config.config")) with
    {
        Notes = ["Image is 'base'; it is not used."],
    };

    private readonly Shell _shell = new() { UserData = KitOf(Sound), Input = Encoding.ASCII.GetBytes("test") };

    [Fact]
    public async Task Check_tells_what_would_be_set()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "check", "-"));

        Assert.Contains($"container options; 4 bytes, sha256 {Digest}", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("policy: the default, which lets no tenant reach the host; --policy FILE takes a node's", _shell.Out, StringComparison.Ordinal);
        Assert.Matches(@"\nOPTION +VALUE +FROM\n", _shell.Out);
        Assert.Matches(@"\ncommand +date +user data \(Cmd, line 1\)\n", _shell.Out);
        Assert.Matches(@"\nmemory +67108864 +user data \(HostConfig\.Memory, line 3\)\n", _shell.Out);
        Assert.Matches(@"\nrestart +always +user data \(restart_policy, line 2\)\n", _shell.Out);
        Assert.Contains("\nnote: Image is 'base'; it is not used.", _shell.Out, StringComparison.Ordinal);
        Assert.Equal("", _shell.Error);
        Assert.Empty(_shell.Client.Sent);
    }

    [Theory]
    [InlineData("--timeout=1")]
    [InlineData("--json")]
    public async Task Check_tells_no_secret(string option)
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "check", "-", option));

        Assert.Contains("env.TOKEN", _shell.Out, StringComparison.Ordinal);
        Assert.Contains("tag=(sealed)", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_for_programs_is_one_object()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "check", "-", "--json"));

        var row = Assert.Single(_shell.Rows);
        Assert.Equal(
            ("container-options", Digest, 4, null),
            (row.GetProperty("kind").GetString(), row.GetProperty("sha256").GetString(), row.GetProperty("bytes").GetInt32(),
                row.GetProperty("policy").GetString()));
        var option = row.GetProperty("options").EnumerateArray().Single(o => o.GetProperty("name").GetString() == "memory");
        Assert.Equal("user-data", option.GetProperty("source").GetString());
        Assert.Equal("HostConfig.Memory, line 3", option.GetProperty("key").GetString());
        Assert.Equal("Image is 'base'; it is not used.", Assert.Single(row.GetProperty("notes").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Check_tells_every_fault()
    {
        _shell.UserData = KitOf(Sound with { Faults = [Fault(2, "Cdm", "is no key; did you mean Cmd?"), Fault(7, "Dns[0]", "is 'x\u001b'; an address is expected.")] });

        Assert.Equal(ExitCodes.Refused, await _shell.RunAsync("user-data", "check", "-"));

        Assert.Equal(
            [
                "novadocker: The user data cannot be taken:",
                "  line 2, column 3: Cdm is no key; did you mean Cmd?",
                @"  line 7, column 3: Dns[0] is 'x\x1b'; an address is expected.",
            ],
            _shell.Error.TrimEnd().Split(Environment.NewLine));
        Assert.Equal("", _shell.Out);
    }

    [Fact]
    public async Task Check_for_programs_lists_the_faults()
    {
        _shell.UserData = KitOf(Sound with { Faults = [Fault(2, "Cdm", "is no key.")] });

        Assert.Equal(ExitCodes.Refused, await _shell.RunAsync("user-data", "check", "-", "--json"));

        Assert.Equal("invalid-user-data", _shell.ErrorRow.GetProperty("error").GetString());
        Assert.Equal("line 2, column 3: Cdm is no key.", Assert.Single(_shell.ErrorRow.GetProperty("faults").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("64", ExitCodes.Done)]
    [InlineData("63", ExitCodes.Refused)]
    public async Task Check_holds_a_document_to_a_flavor(string memory, int exitCode)
    {
        Assert.Equal(exitCode, await _shell.RunAsync("user-data", "check", "-", "--memory-mb", memory));
        Assert.Equal(exitCode == ExitCodes.Refused, _shell.Error.Contains("HostConfig.Memory is 67108864", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("link", "redis3:redis", "whether there are any of these names, only a boot can tell")]
    [InlineData("volumes-from", "parent:ro", "whether there are any of these names, only a boot can tell")]
    public async Task What_names_an_instance_is_noted_as_not_looked_up(string option, string word, string note)
    {
        _shell.UserData = KitOf(Reading(
            Asked(option, new OptionValue.Words([word]), 1, option),
            Asked(OptionKeys.NetworkMode.Name, new OptionValue.Text("bridge"), 2, "NetworkMode")))
            with { ReadPolicy = _ => ContainerPolicy.Default with { Links = true, VolumesFrom = true, NetworkModes = ["none", "bridge"] } };

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "check", "-", "--policy", "node.conf"));

        Assert.Contains(note, _shell.Out, StringComparison.Ordinal);
        Assert.Matches($@"\n{option} +{word} +user data", _shell.Out);
        Assert.Contains("policy: node.conf", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processors_that_a_host_must_have_are_noted()
    {
        _shell.UserData = KitOf(Reading(Asked(OptionKeys.Cpuset.Name, new OptionValue.Text("0,99"), 1, "Cpuset")));

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "check", "-"));
        Assert.Contains("processors of cpuset-cpus, only a boot can tell", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guests_script_is_left_to_the_metadata_service()
    {
        _shell.UserData = KitOf(UserDataReading.Empty with { Kind = UserDataKind.CloudConfig });

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "check", "-"));
        Assert.StartsWith("a #cloud-config document, left to the metadata service; 4 bytes", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("OPTION", _shell.Out, StringComparison.Ordinal);
    }
}
