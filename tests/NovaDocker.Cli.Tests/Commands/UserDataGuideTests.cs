using System.Runtime.CompilerServices;
using NovaDocker.UserData.Options;

namespace NovaDocker.Cli.Tests.Commands;

/// <summary>The options are told of from one table, wherever that is.</summary>
public sealed class UserDataGuideTests
{
    private const string Begin = "<!-- options -->";
    private const string End = "<!-- /options -->";

    private readonly Shell _shell = new();

    [Fact]
    public void The_user_guide_has_the_table_of_the_code()
    {
        var guide = File.ReadAllText(GuideFile());
        var block = guide[(guide.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..guide.IndexOf(End, StringComparison.Ordinal)];

        Assert.True(
            block.Trim() == OptionGuide.Markdown().Trim(),
            $"What stands between {Begin} and {End} in {GuideFile()} is not what novadocker user-data options --markdown prints: put that there.");
    }

    [Fact]
    public async Task Options_are_listed_a_line_each()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "options"));

        var lines = _shell.Out.TrimEnd().Split('\n');
        Assert.Equal(OptionTable.Rows.Length + 1, lines.Length);
        Assert.Matches(@"^OPTION +KEYS +TYPE +ENDS AT +POLICY +MEANING$", lines[0]);
        Assert.Matches(@"^bind +\[?HostConfig\.\]?Binds,.* HostConfig\.Binds +host-paths +[A-Z]", Assert.Single(lines, line => line.StartsWith("bind ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Options_for_programs_are_objects()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "options", "--json"));

        Assert.Equal(OptionTable.Rows.Select(row => row.Option), _shell.Rows.Select(row => row.GetProperty("option").GetString()));
        Assert.Equal(OptionTable.Rows.Select(row => row.Text), _shell.Rows.Select(row => row.GetProperty("documentation").GetString()));
        var bind = Assert.Single(_shell.Rows, row => row.GetProperty("option").GetString() == "bind");
        Assert.Equal("host-paths", Assert.Single(bind.GetProperty("policyKeys").EnumerateArray()).GetString());
        Assert.Contains("HostConfig.Binds", bind.GetProperty("keys").EnumerateArray().Select(key => key.GetString()));
    }

    [Fact]
    public async Task Options_are_a_table_in_Markdown()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "options", "--markdown"));

        Assert.Equal(OptionGuide.Markdown().Trim(), _shell.Out.Trim());
    }

    [Fact]
    public async Task Markdown_is_not_for_programs()
    {
        Assert.Equal(ExitCodes.Usage, await _shell.RunAsync("user-data", "options", "--markdown", "--json"));
        Assert.Equal("--markdown and --json exclude each other.", _shell.ErrorRow.GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_help_of_user_data_tells_of_every_option_within_its_width()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("user-data", "--help"));

        var lines = _shell.Out.Split(Environment.NewLine);
        Assert.All(OptionTable.Rows, row => Assert.Contains($"  {row.Title}", lines));
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, 120));
    }

    private static string GuideFile([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/USER-DATA.md"));
}
