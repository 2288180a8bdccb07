using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>How the node starts, refuses to start, and stops.</summary>
public sealed class NodeStartTests(ITestOutputHelper output) : IDisposable
{
    private const int Usage = 2;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("novadocker-e2e-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("novadocker { remoting { port = 4053 }", "line 1: the '{' there is never closed")]
    [InlineData("novadocker {\n  log.level = debug\n} }", "line 3: '}' closes nothing")]
    [InlineData("novadocker {\n  data-directory = \"/tmp\n}", "line 2: a quote")]
    [InlineData("just words", "no key")]
    [InlineData("novadocker = 4053", "a section in braces is expected")]
    [InlineData("novadoker { remoting.port = 1 }", "every key begins with novadocker")]
    [InlineData("novadocker { remoting.prot = 1 }", "novadocker.remoting.prot is no key; did you mean port?")]
    [InlineData("novadocker { remoting.port = 70000 }", "novadocker.remoting.port is '70000'; a whole number from 0 to 65535 is expected.")]
    [InlineData("novadocker { remoting.hostname = \"0.0.0.0\" }", "novadocker.remoting.hostname is '0.0.0.0'")]
    [InlineData("novadocker { engine.host = \"/var/run/docker.sock\" }", "unix:///path/to/docker.sock")]
    [InlineData("novadocker { engine.control-timeout = soon }", "novadocker.engine.control-timeout is 'soon'; a time such as")]
    public async Task A_configuration_that_cannot_be_used_is_refused_with_what_would_be_right(string text, string said)
    {
        var file = Path.Combine(_directory.FullName, "node.conf");
        await File.WriteAllTextAsync(file, text);

        var result = (await RunAsync("--config", file)).Expect(Usage);

        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        AssertIsForPeople(result);
    }

    [Theory]
    [InlineData("reference.conf")]
    [InlineData("node.conf")]
    [InlineData("policy-example.conf")]
    public async Task The_files_that_come_with_it_are_valid(string name)
    {
        var hocon = Path.Combine(AppContext.BaseDirectory, "../../../../../hocon", name);

        Assert.Equal("", (await RunAsync("--check", "--config", hocon)).Expect(0).Error);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_named()
    {
        var result = (await RunAsync("--config", "/nowhere/node.conf")).Expect(Usage);

        Assert.Contains("--config is '/nowhere/node.conf', which cannot be read", result.Error, StringComparison.Ordinal);
        AssertIsForPeople(result);
    }

    [Theory]
    [InlineData("data-directory", "data-directory")]
    [InlineData("journal.directory", "journal.directory")]
    [InlineData("log.file", "log.file")]
    public async Task A_place_that_cannot_be_written_is_named(string key, string named)
    {
        // A file stands where a directory has to be: that stops root, too.
        var file = Path.Combine(_directory.FullName, "file");
        await File.WriteAllTextAsync(file, "");
        var value = key == "log.file" ? $"{file}/node.log" : file;
        string[] data = key == "data-directory" ? [] : ["--set", $"novadocker.data-directory={_directory.FullName}/data"];

        var result = await RunAsync([.. data, "--set", $"novadocker.{key}={value}", "--set", "novadocker.remoting.port=0"]);

        Assert.Contains($"novadocker.{named} is '{value}', which cannot be", result.Expect(Usage).Error, StringComparison.Ordinal);
        AssertIsForPeople(result);
    }

    [Theory]
    [InlineData("journal/journal.db", "novadocker.journal.directory")]
    [InlineData("secret.key", "secret.key")]
    [InlineData("host-id", "host-id")]
    public async Task A_file_of_its_own_that_is_damaged_is_named_and_left_as_it_is(string name, string named)
    {
        var path = Path.Combine(_directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var damage = string.Concat(Enumerable.Repeat("this is not what belongs here. ", 200));
        await File.WriteAllTextAsync(path, damage);

        var result = (await RunAsync(
            "--set", $"novadocker.data-directory={_directory.FullName}", "--set", "novadocker.remoting.port=0")).Expect(Usage);

        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        AssertIsForPeople(result);
        Assert.Equal(damage, await File.ReadAllTextAsync(path));
    }

    [SkippableFact]
    public async Task A_second_node_takes_neither_the_port_nor_the_data_of_the_first()
    {
        await using var lab = await Lab.StartAsync();

        var samePort = await RunAsync(
            "--set", $"novadocker.data-directory={_directory.FullName}/other", "--set", $"novadocker.remoting.port={lab.Port}");
        Assert.Contains($"novadocker.remoting.port is {lab.Port}", samePort.Expect(1).Error, StringComparison.Ordinal);
        AssertIsForPeople(samePort);

        var sameData = await RunAsync([.. lab.NodeArguments("remoting.port=0")]);
        Assert.Contains("which another node uses", sameData.Expect(Usage).Error, StringComparison.Ordinal);
        AssertIsForPeople(sameData);

        await lab.DeleteAsync((await lab.BootAsync("unharmed")).Text("id")!);
        output.WriteLine(lab.Log);
    }

    [SkippableFact]
    public async Task The_port_that_the_system_chose_is_in_the_log()
    {
        await using var lab = await Lab.StartAsync();
        (await lab.Node.TerminateAsync()).Expect(0);

        await lab.StartNodeAsync("remoting.port=0");

        var address = lab.Node.Out.Split("listening on ")[1].Split(',')[0];
        Assert.False(address.EndsWith($":{lab.Port}", StringComparison.Ordinal), address);
        (await lab.RunAsync("hosts", "--node", address)).Expect(0);
    }

    [SkippableFact]
    public async Task Terminated_it_ends_well_and_the_next_finds_the_containers()
    {
        await using var lab = await Lab.StartAsync();
        var id = (await lab.BootAsync("stays")).Text("id")!;

        (await lab.Node.TerminateAsync()).Expect(0);

        Assert.Equal("running", (await lab.Engine.ContainerAsync($"nova-{id}"))!["State"]!.Text("Status"));
        await lab.StartNodeAsync();
        Assert.Equal("active", (await lab.DoAsync("show", id)).Text("state"));
        var host = await Eventually.BecomesAsync(
            () => lab.DoAsync("hosts"), row => row.Number("memoryMbClaimed") == 32, "its memory is claimed again");
        Assert.Equal(1, host.Number("instances"));
        Assert.DoesNotContain(await lab.HistoryAsync(id), row => row.Text("event") == "work-resumed");
        await lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task Terminated_during_a_verb_it_ends_in_time_and_the_next_finishes_the_verb()
    {
        // Whoever waited for the grace would still wait when the limit is over.
        await using var lab = await Lab.StartAsync("instances.stop-grace=5m");
        var id = (await lab.BootAsync("stopping")).Text("id")!;
        var held = lab.Proxy.Hold("POST .*/stop", HoldAt.Work);
        await lab.DoAsync("stop", id, "--no-wait");
        await Eventually.CompletesAsync(held.Reached, "the stop reaches the Engine");

        (await lab.Node.TerminateAsync(StopLimit)).Expect(0);

        held.Cut();
        await lab.Engine.KillContainerAsync($"nova-{id}");
        await lab.StartNodeAsync();
        await lab.RestsAsync(id, InstancePhase.Stopped);
        var events = (await lab.HistoryAsync(id)).Select(row => row.Text("event")).ToList();
        Assert.Contains("work-resumed", events);
        Assert.Single(events, "stop-completed");
        await lab.DeleteAsync(id);
    }

    [SkippableFact]
    public async Task Without_an_Engine_it_starts_says_so_refuses_and_works_when_the_Engine_comes()
    {
        await using var lab = Lab.Empty();
        await lab.StartNodeAsync();
        await lab.EngineAnswersAsync(answers: false);
        await Eventually.HoldsAsync(() => lab.Log.Contains("is the Engine running?", StringComparison.Ordinal), "the log says so");
        await lab.AddImageAsync(lab.ImageName, lab.Shell(["sleep", "3600"]));

        var refused = (await lab.RunAsync("boot", "--name", "early", "--image", lab.ImageName, "--json")).Expect(3).Failure;

        Assert.Equal("no-host", refused.Text("error"));
        Assert.Contains(lab.Proxy.Address.ToString(), refused.Text("message"), StringComparison.Ordinal);
        Assert.Empty((await lab.RunAsync("list", "--all", "--json")).Expect(0).Rows);
        lab.Proxy.Open();
        await lab.EngineAnswersAsync();
        await lab.DeleteAsync((await lab.BootAsync("late")).Text("id")!);
    }

    [SkippableFact]
    public async Task An_Engine_that_goes_away_says_nothing_of_its_containers_and_is_taken_up_again()
    {
        await using var lab = await Lab.StartAsync();
        var id = (await lab.BootAsync("meanwhile")).Text("id")!;

        await lab.Proxy.CloseAsync();
        await lab.EngineAnswersAsync(answers: false);
        Assert.Equal("active", (await lab.DoAsync("show", id)).Text("state"));
        var stop = await lab.Client.StopAsync(InstanceId.Parse(id), Lab.NewRequest());
        lab.Proxy.Open();

        Assert.Equal(InstancePhase.Stopped, (await lab.EndOfAsync(stop)).Phase);
        Assert.DoesNotContain(await lab.HistoryAsync(id), row => row.Text("event") is "container-lost" or "container-exited");
        await lab.DeleteAsync(id);
    }

    private static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        await using var run = ProgramRun.Start(Programs.Node, arguments);
        return await run.EndAsync();
    }

    /// <summary>One sentence a fault, no stack trace, nothing on standard output.</summary>
    private static void AssertIsForPeople(CommandResult result)
    {
        Assert.All(
            result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith("novadocker-node: ", line, StringComparison.Ordinal));
        Assert.Equal("", result.Out);
    }
}
