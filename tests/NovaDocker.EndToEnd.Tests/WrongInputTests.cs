using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests;

/// <summary>What the command says to what cannot be done: a code, words, and nothing left behind.</summary>
public sealed class WrongInputTests(RunningLab running, ITestOutputHelper output) : LabTests(running, output)
{
    [SkippableTheory]
    [InlineData("--memory-mb", "0", "--memory-mb is '0'")]
    [InlineData("--memory-mb", "-1", "--memory-mb is '-1'")]
    [InlineData("--memory-mb", "99999999999", "--memory-mb is '99999999999'")]
    [InlineData("--memory-mb", "much", "--memory-mb is 'much'")]
    [InlineData("--vcpus", "0", "--vcpus is '0'")]
    [InlineData("--env", "=value", "--env")]
    [InlineData("--env", "NAME", "--env")]
    [InlineData("--id", "not-an-id", "--id")]
    [InlineData("--colour", "red", "--colour")]
    public async Task A_boot_with_a_wrong_option_is_wrong_usage(string option, string value, string named)
    {
        var before = Lab.Node.Out.Length;

        var result = await Lab.RunAsync("boot", "--name", "wrong", "--image", Lab.ImageName, option, value, "--json");

        var failure = result.Expect(2).Failure;
        Assert.Equal("usage", failure.Text("error"));
        Assert.Contains(named, failure.Text("message"), StringComparison.Ordinal);
        await AssertNothingIsLeftAsync(before);
    }

    [SkippableFact]
    public async Task An_unknown_verb_is_wrong_usage_and_the_verbs_are_named()
    {
        var result = (await Lab.RunAsync("launch")).Expect(2);

        Assert.Contains("'launch'", result.Error, StringComparison.Ordinal);
        Assert.Contains("boot, list", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Out);
    }

    [SkippableFact]
    public async Task An_unknown_image_is_not_found()
    {
        var before = Lab.Node.Out.Length;

        var result = await Lab.RunAsync("boot", "--name", "wrong", "--image", "nowhere", "--json");

        Assert.Contains("nowhere", result.Expect(4).Failure.Text("message"), StringComparison.Ordinal);
        await AssertNothingIsLeftAsync(before);
    }

    [SkippableFact]
    public async Task More_memory_than_the_host_has_is_refused()
    {
        var before = Lab.Node.Out.Length;

        var result = await Lab.RunAsync("boot", "--name", "wrong", "--image", Lab.ImageName, "--memory-mb", "16777216", "--json");

        Assert.Equal("no-capacity", result.Expect(3).Failure.Text("error"));
        await AssertNothingIsLeftAsync(before);
    }

    [SkippableTheory]
    [InlineData("show")]
    [InlineData("stop")]
    [InlineData("delete")]
    [InlineData("console")]
    [InlineData("history")]
    public async Task An_unknown_id_is_not_found(string verb)
    {
        var id = CommanderIds.NewInstanceId().ToString();

        var before = Lab.Node.Out.Length;

        var result = (await Lab.RunAsync(verb, id)).Expect(4);

        Assert.Contains(id, result.Error, StringComparison.Ordinal);
        Assert.Null(await Lab.Client.GetInstanceAsync(InstanceId.Parse(id)));
        AssertNoFaultIsLogged(before);
    }

    [SkippableFact]
    public async Task A_verb_in_the_wrong_state_is_refused_and_changes_nothing()
    {
        var id = (await Lab.BootAsync("states")).Text("id")!;
        await Lab.DoAsync("stop", id);

        foreach (var verb in new[] { "pause", "unpause", "reboot" })
            Assert.Equal("wrong-state", (await Lab.RunAsync(verb, id, "--json")).Expect(3).Failure.Text("error"));

        await Lab.RestsAsync(id, InstancePhase.Stopped);
        await Lab.DeleteAsync(id);
        Assert.Equal("wrong-state", (await Lab.RunAsync("start", id, "--json")).Expect(3).Failure.Text("error"));
    }

    [SkippableFact]
    public async Task What_is_no_archive_is_not_added()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "this is no archive of docker save");
            var before = (await Lab.RunAsync("images", "--json")).Expect(0).Rows.Count;

            Assert.Equal(1, (await Lab.RunAsync("image-add", file, "--name", "text")).ExitCode);
            Assert.Equal(2, (await Lab.RunAsync("image-add", file + ".missing", "--name", "text")).ExitCode);

            Assert.Equal(before, (await Lab.RunAsync("images", "--json")).Expect(0).Rows.Count);
            Assert.Empty(Directory.GetFiles(Lab.StoreDirectory, "*.partial"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [SkippableFact]
    public async Task A_node_that_is_not_there_is_unreachable()
    {
        using var nobodys = new ReservedPort();

        var result = await Lab.RunAsync("list", "--node", $"127.0.0.1:{nobodys.Number}", "--timeout", "3", "--json");

        Assert.Equal("host-unreachable", result.Expect(5).Failure.Text("error"));
    }

    private async Task AssertNothingIsLeftAsync(int logBefore)
    {
        Assert.DoesNotContain(await Lab.Client.ListInstancesAsync(includeDeleted: true).ReadAllAsync(), view => view.Name == "wrong");
        AssertNoFaultIsLogged(logBefore);
    }

    private void AssertNoFaultIsLogged(int before) =>
        Assert.DoesNotContain(Lab.Node.Out[before..].Split('\n'), NodeLog.IsFault);
}
