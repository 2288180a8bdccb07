using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NovaDocker.EndToEnd.Tests.Equipment;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>What the node logs, from its start to its end.</summary>
public sealed partial class LogTests
{
    private const string Secret = "s3cret-value";

    [SkippableFact]
    public async Task Text_is_a_line_for_each_event_with_time_and_level()
    {
        await using var lab = await Lab.StartAsync();

        var log = await LifeAsync(lab);

        Assert.All(LinesOf(log), line => Assert.Matches(TextLine(), line));
        Assert.Contains("INF Engine ", log, StringComparison.Ordinal);
        Assert.Contains("INF Compute host is up", log, StringComparison.Ordinal);
        Assert.Contains("INF Compute host has stopped", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Json_is_an_object_on_each_line()
    {
        await using var lab = await Lab.StartAsync("log.console=json");

        var log = await LifeAsync(lab, NodeLog.IsFaultInJson);

        Assert.All(LinesOf(log).Select(line => JsonNode.Parse(line)!), row =>
        {
            Assert.True(DateTimeOffset.TryParse(row.Text("@t"), out _), row.ToJsonString());
            Assert.NotNull(row.Text("@mt"));
        });
    }

    [SkippableFact]
    public async Task A_log_file_gets_the_same_as_json()
    {
        var directory = Directory.CreateTempSubdirectory("novadocker-e2e-");
        try
        {
            await using var lab = await Lab.StartAsync($"log.file={directory.FullName}/logs/node.log");

            var log = await LifeAsync(lab);

            // One a day, and the test may run over midnight.
            var files = Directory.GetFiles(Path.Combine(directory.FullName, "logs")).Order(StringComparer.Ordinal);
            var rows = files.SelectMany(File.ReadAllLines).Select(line => JsonNode.Parse(line)!).ToArray();
            Assert.Equal(LinesOf(log).Length, rows.Length);
            Assert.All(rows, row => Assert.True(row["@t"] is not null && row["@mt"] is not null, row.ToJsonString()));
            Assert.Contains(rows, row => row.Text("@mt")!.StartsWith("Compute host is up", StringComparison.Ordinal));
            Assert.DoesNotContain(rows, row => row.ToJsonString().Contains(Secret, StringComparison.Ordinal));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public async Task A_command_that_is_killed_is_no_error_of_the_node()
    {
        await using var lab = await Lab.StartAsync();
        var id = (await lab.BootAsync("watched")).Text("id")!;
        var follower = lab.Start("history", id, "--follow");
        await follower.SaysAsync("boot-completed");

        await follower.KillAsync();
        await lab.DeleteAsync(id);

        var ended = (await lab.Node.TerminateAsync()).Expect(0);
        Assert.Equal("", ended.Error);
        Assert.DoesNotContain(LinesOf(ended.Out), NodeLog.IsFault);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d (DBG|INF|WRN|ERR|FTL) \S.*$")]
    private static partial Regex TextLine();

    private static string[] LinesOf(string log) => log.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An instance's life and the node's end; the log is without faults, and holds no secret.</summary>
    private static async Task<string> LifeAsync(Lab lab, Predicate<string>? isFault = null)
    {
        var id = (await lab.BootAsync("logged", "--env", $"TOKEN={Secret}")).Text("id")!;
        await lab.DeleteAsync(id);
        var ended = (await lab.Node.TerminateAsync()).Expect(0);
        Assert.Equal("", ended.Error);
        Assert.DoesNotContain(Secret, ended.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(LinesOf(ended.Out), isFault ?? NodeLog.IsFault);
        return ended.Out;
    }
}
