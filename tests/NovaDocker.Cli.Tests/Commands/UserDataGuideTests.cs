using System.Runtime.CompilerServices;
using NovaDocker.Cli.UserData;
using NovaDocker.UserData;

namespace NovaDocker.Cli.Tests.Commands;

/// <summary>The guide to the options is printed from one table, wherever it stands.</summary>
public sealed class UserDataGuideTests
{
    private const string Begin = "<!-- options -->";
    private const string End = "<!-- /options -->";

    private readonly Shell _shell = new() { UserData = UserDataSamples.KitOf(UserDataReading.Empty) };

    [Fact]
    public void The_user_guide_has_the_table_of_the_code()
    {
        var guide = File.ReadAllText(GuideFile());
        var block = guide[(guide.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..guide.IndexOf(End, StringComparison.Ordinal)];

        Assert.True(
            block.Trim() == OptionGuideText.Markdown(UserDataKit.OfThisMachine.Options),
            $"What stands between {Begin} and {End} in {GuideFile()} is not what novadocker user-data options --markdown prints: put that there.");
    }

    [Fact]
    public async Task Options_are_listed_a_line_each()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "options"));

        var lines = _shell.Out.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^OPTION +KEYS +TYPE +ENDS AT +POLICY +MEANING$", lines[0]);
        Assert.Matches(@"^memory +\[HostConfig\.\]Memory, mem_limit +size +HostConfig\.Memory +Memory limit\.$", lines[1]);
        Assert.Matches(@"^bind .* host-paths +Paths of the host\.$", lines[2]);
    }

    [Fact]
    public async Task Options_for_programs_are_objects()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "options", "--json"));

        var row = _shell.Rows[1];
        Assert.Equal(
            "bind HostConfig.Binds host-paths",
            $"{row.GetProperty("option").GetString()} {row.GetProperty("keys")[0].GetString()} {row.GetProperty("policyKeys")[0].GetString()}");
        Assert.Equal("list | mapping", row.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Options_are_a_table_in_Markdown()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "options", "--markdown"));

        Assert.Equal(
            [
                "| option | keys | type | ends at | policy | |",
                "|---|---|---|---|---|---|",
                "| `memory` | `[HostConfig.]Memory`, `mem_limit` | size | HostConfig.Memory |  | Memory limit. |",
                @"| `bind` | `HostConfig.Binds`, `volumes` | list \| mapping | HostConfig.Binds | `host-paths` | Paths of the host. |",
            ],
            _shell.Out.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Markdown_is_not_for_programs()
    {
        Assert.Equal(ExitCodes.Usage, await _shell.RunAsync("user-data", "options", "--markdown", "--json"));
        Assert.Equal("--markdown and --json exclude each other.", _shell.ErrorRow.GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_help_of_user_data_is_the_guide()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "--help"));

        foreach (var words in new[] { "check", "options", "keys: [HostConfig.]Memory, mem_limit", "policy: host-paths", "Paths of the host." })
            Assert.Contains(words, _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_on_a_terminal_keeps_to_its_width()
    {
        var text = OptionGuideText.Plain(
            [UserDataSamples.Guide[0] with { Keys = [.. Enumerable.Range(0, 40).Select(i => $"SomeKey{i}")] }], 60);

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 1, 60));
        Assert.Contains("SomeKey39", text, StringComparison.Ordinal);
    }

    private static string GuideFile([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/USER-DATA.md"));
}
