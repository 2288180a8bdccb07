using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Options;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker.Options;

/// <summary>Each option on a real Engine: what an inspect shows, and what the process in the container sees.</summary>
public sealed class ContainerOptionTests(OptionLab lab) : IClassFixture<OptionLab>
{
    public static TheoryData<string> Names => [.. OptionRows.All.Select(row => row.Name)];

    public static TheoryData<string> NamesOfScripts => [.. OptionRows.All.Where(r => r.Script is not null).Select(r => r.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task The_Engine_has_it_as_it_was_asked_for(string name)
    {
        await lab.OpenAsync();
        var row = OptionRows.Of(name);
        var peer = await lab.PeerAsync();
        var spec = lab.Spec("true") with { Options = row.OptionsFor(peer) };

        var id = await lab.Engine.CreateContainerAsync(spec, default);

        var shown = row.Path.Split('/').Aggregate((JsonNode?)await lab.Look.ContainerAsync(id), (node, part) => node?[part]);
        var expected = JsonNode.Parse(row.JsonFor(peer).Replace("{name}", spec.Name, StringComparison.Ordinal));
        Assert.True(JsonNode.DeepEquals(expected, shown), $"{row.Path} is {shown?.ToJsonString() ?? "nothing"}.");
    }

    [SkippableTheory]
    [MemberData(nameof(NamesOfScripts))]
    public async Task The_process_sees_it(string name)
    {
        await lab.OpenAsync();
        var row = OptionRows.Of(name);
        var options = row.OptionsFor(await lab.PeerAsync());
        var id = await lab.Engine.CreateContainerAsync(lab.Spec(row.Script!) with { Options = options }, default);

        Assert.Matches(row.Output, (await lab.EndAsync(id)).TrimEnd('\n'));
    }

    [SkippableFact]
    public async Task Options_of_the_log_driver_reach_it_also_where_it_is_the_default_one()
    {
        await lab.OpenAsync();
        var spec = lab.Spec("true");
        spec = spec with { LogOptions = spec.LogOptions.Add("max-size", "1m") };

        var id = await lab.Engine.CreateContainerAsync(spec, default);

        var log = (await lab.Look.ContainerAsync(id))["HostConfig"]!["LogConfig"]!;
        Assert.Equal("""{"Type":"json-file","Config":{"max-size":"1m"}}""", log.ToJsonString());
    }

    [SkippableFact]
    public async Task A_log_driver_that_keeps_nothing_lets_the_console_be_refused_for_good()
    {
        await lab.OpenAsync();
        var id = await lab.StartAsync(lab.Spec("echo lost", Set.To(OptionKeys.LogDriver, "none")));

        var e = await Assert.ThrowsAsync<EngineException>(() => lab.Engine.ReadConsoleAsync(id, 10, 1000, null, default));

        Assert.Equal(EngineErrorKind.Invalid, e.Kind);
    }

    [SkippableFact]
    public async Task The_stop_signal_is_the_one_that_ends_it()
    {
        await lab.OpenAsync();
        var id = await lab.StartAsync(
            lab.Spec("trap 'exit 7' USR1; echo ready; sleep 3600 & wait", Set.To(OptionKeys.StopSignal, "SIGUSR1")));
        await Eventually.BecomesAsync(
            () => lab.Engine.ReadConsoleAsync(id, 1, 100, null, default), c => c.Text == "ready\n", "the program listens");

        await lab.Engine.StopContainerAsync(id, TimeSpan.FromSeconds(30), default);

        Assert.Equal(7, (await lab.Engine.FindContainerAsync(id, default))!.ExitCode);
    }

    [SkippableFact]
    public async Task What_is_privileged_has_all_that_root_of_this_machine_has()
    {
        await lab.OpenAsync();
        var status = await File.ReadAllLinesAsync("/proc/self/status");
        var here = status.Single(line => line.StartsWith("CapBnd", StringComparison.Ordinal)).Split('\t')[1];
        Skip.IfNot(
            BitOperations.PopCount(Convert.ToUInt64(here, 16)) > LastCapability(),
            "needs a machine whose root has every capability");
        var id = await lab.Engine.CreateContainerAsync(
            lab.Spec("grep CapEff /proc/self/status; ls /dev", Set.On(OptionKeys.Privileged)), default);

        var seen = await lab.EndAsync(id);

        Assert.Contains(here, seen, StringComparison.Ordinal);
        Assert.Contains("loop-control", seen, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_variable_of_the_environment_has_its_value_as_it_stands()
    {
        await lab.OpenAsync();
        var spec = lab.Spec("echo \"$ODD\"");
        spec = spec with { Environment = spec.Environment.Add("ODD", "a=b $HOME 'c' \"d\" ü 012") };

        Assert.Equal("a=b $HOME 'c' \"d\" ü 012\n", await lab.EndAsync(await lab.Engine.CreateContainerAsync(spec, default)));
    }

    /// <remarks>A number is the one the Engine was given, so the row of an option that is not set shows the Engine's own.</remarks>
    [SkippableFact]
    public async Task What_is_not_set_is_left_to_image_and_Engine()
    {
        await lab.OpenAsync();

        var id = await lab.Engine.CreateContainerAsync(lab.Spec("true"), default);

        var shown = await lab.Look.ContainerAsync(id);
        var (config, host) = (shown["Config"]!, shown["HostConfig"]!);
        Assert.Equal("""["PATH=/bin"]""", config["Env"]!.ToJsonString());
        Assert.Equal(64 << 20, host["ShmSize"]!.GetValue<long>());
        Assert.Equal("json-file", host["LogConfig"]!["Type"]!.GetValue<string>());
        Assert.Equal("test", config["Hostname"]!.GetValue<string>());
        foreach (var absent in new[] { "Init", "PidsLimit", "Ulimits", "Sysctls", "Mounts", "Binds", "Tmpfs", "Devices", "DeviceRequests" })
            Assert.True(host[absent] is null, $"{absent} is {host[absent]?.ToJsonString()}.");
        Assert.Null(config["StopTimeout"]);
        Assert.Null(config["Entrypoint"]);
    }

    private static int LastCapability() =>
        int.Parse(File.ReadAllText("/proc/sys/kernel/cap_last_cap"), CultureInfo.InvariantCulture);
}
