using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.EndToEnd.Tests.Equipment;
using NovaDocker.EndToEnd.Tests.UserData.Rows;
using NovaDocker.UserData.Options;
using Xunit.Abstractions;

namespace NovaDocker.EndToEnd.Tests.UserData;

/// <summary>
/// Every row of the table of options, from user data to what the Engine has, what the process sees and what the host says.
/// </summary>
public sealed class EveryRowTests(RowHost host, ITestOutputHelper output) : IClassFixture<RowHost>
{
    private static readonly string[] WithoutNotes = [];

    public static TheoryData<string> Titles => TitlesOf(_ => true);

    public static TheoryData<string> TitlesOfThoseThatShowInside => TitlesOf(sample => sample.Sees is not null && sample.Refusal is null);

    public static TheoryData<string> TitlesOfThoseThatServe => TitlesOf(sample => sample.Serves);

    public static TheoryData<string> TitlesOfThoseNotUsed => TitlesOf(sample => sample.Note is not null);

    public static TheoryData<string> TitlesOfRefused => TitlesOf(sample => sample.Refusal is not null);

    public static TheoryData<string> TitlesOfThoseShownByCommand => [.. RowSamples.ShownByCommand];

    [Fact]
    public void No_row_of_the_table_is_without_a_sample() =>
        Assert.Equal(
            OptionTable.Rows.Select(row => row.Title).Order(StringComparer.Ordinal),
            RowSamples.All.Select(sample => sample.Row).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [SkippableTheory]
    [MemberData(nameof(Titles))]
    public async Task The_Engine_has_what_the_document_says(string title)
    {
        var sample = Of(title);

        var outcome = await OutcomeAsync(sample);

        var expected = JsonNode.Parse(outcome.Fill(sample.Json));
        var found = outcome.At(sample.Pointer);
        Assert.True(JsonNode.DeepEquals(expected, found), $"{sample.Pointer} is {found?.ToJsonString() ?? "nothing"}.");
    }

    [SkippableTheory]
    [MemberData(nameof(Titles))]
    public async Task The_instance_says_what_was_set_by_which_key_in_which_line_and_what_is_not_used(string title)
    {
        var sample = Of(title);

        var outcome = await OutcomeAsync(sample);

        var set = outcome.View.Options.Where(option => option.Origin.Source == OptionSource.UserData)
            .Select(option => $"{option.Name}: {option.Value} ({option.Origin.Key})").ToArray();
        if (sample.Shown is { } shown)
            Assert.Contains(outcome.Fill(shown), set);
        else
            Assert.Empty(set);
        Assert.Equal(sample.Note is { } note ? [note] : WithoutNotes, outcome.View.UserData!.Notes);
    }

    [SkippableTheory]
    [MemberData(nameof(TitlesOfThoseThatShowInside))]
    public async Task The_process_sees_it(string title)
    {
        var sample = Of(title);

        var outcome = await OutcomeAsync(sample);

        Assert.Matches(new Regex(sample.Sees!, RegexOptions.Multiline), outcome.Console);
        Assert.Equal(1, outcome.Containers);
    }

    [SkippableTheory]
    [MemberData(nameof(TitlesOfThoseThatServe))]
    public async Task A_published_port_leads_to_the_program(string title) =>
        Assert.Equal("served\n", (await OutcomeAsync(Of(title))).Page);

    [SkippableTheory]
    [MemberData(nameof(TitlesOfThoseNotUsed))]
    public async Task What_is_noted_only_leaves_the_container_as_it_is_without(string title)
    {
        var outcome = await OutcomeAsync(Of(title));

        Assert.Equal((await OutcomeAsync(RowSamples.Plain)).Shape(), outcome.Shape());
    }

    [SkippableTheory]
    [MemberData(nameof(TitlesOfRefused))]
    public async Task What_the_Engine_does_not_start_ends_in_its_words_and_leaves_nothing(string title)
    {
        var sample = Of(title);

        var outcome = await OutcomeAsync(sample);

        Assert.Equal(InstancePhase.Error, outcome.View.Phase);
        Assert.Contains(sample.Refusal!, outcome.View.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal(0, outcome.Containers);
    }

    [SkippableTheory]
    [MemberData(nameof(TitlesOfThoseShownByCommand))]
    public async Task The_command_shows_value_source_key_and_line(string title)
    {
        var sample = Of(title);

        var outcome = await OutcomeAsync(sample);

        var rows = outcome.Shown!["options"]!.AsArray().Where(option => option!.Text("source") == "user-data")
            .Select(option => $"{option!.Text("name")}: {option!.Text("value")} ({option!.Text("key")})");
        Assert.Contains(outcome.Fill(sample.Shown!), rows);
    }

    [SkippableTheory]
    [InlineData("""{"HostConfig": {"LxcConf": {"lxc.cgroup.cpuset.cpus": "0"}}}""", "'lxc.cgroup.cpuset.cpus'")]
    [InlineData("LxcConf: {lxc.utsname: docker}", "HostConfig")]
    public async Task Another_option_of_LXC_or_one_in_the_wrong_place_is_refused_by_its_name(string document, string word)
    {
        var refused = await host.RefusedAsync(new RowSample("LxcConf", document, "", "", null));

        Assert.Contains(word, refused.Reason, StringComparison.Ordinal);
        Assert.Contains("line 1", refused.Reason, StringComparison.Ordinal);
    }

    /// <summary>What became of a sample; what the node logged of it is shown beside a test that failed.</summary>
    private async Task<RowOutcome> OutcomeAsync(RowSample sample)
    {
        try
        {
            var outcome = await host.OutcomeAsync(sample);
            output.WriteLine(host.Log(outcome.View.Id));
            return outcome;
        }
        catch (Exception e) when (e is not SkipException)
        {
            output.WriteLine(host.Log());
            throw;
        }
    }

    private static RowSample Of(string title) => RowSamples.All.Single(sample => sample.Title == title);

    private static TheoryData<string> TitlesOf(Func<RowSample, bool> which) => [.. RowSamples.All.Where(which).Select(sample => sample.Title)];
}
