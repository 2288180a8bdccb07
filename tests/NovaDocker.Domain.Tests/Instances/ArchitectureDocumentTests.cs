using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Tests.Instances;

/// <summary>The tables in <c>src/ARCHITECTURE.md</c> are those of the code.</summary>
public sealed class ArchitectureDocumentTests
{
    [Fact]
    public void The_document_holds_the_table_of_verbs_and_phases() =>
        Assert.Equal(VerbTable.ToMarkdown(), Between("verb-table"));

    [Fact]
    public void The_document_holds_the_table_of_states_in_the_words_of_Nova() =>
        Assert.Equal(NovaStates.ToMarkdown(), Between("nova-states"));

    [Fact]
    public void The_tables_have_a_row_for_every_phase_and_a_cell_for_every_column()
    {
        AssertComplete(VerbTable.ToMarkdown(), columns: 1 + VerbTable.Verbs.Count);
        AssertComplete(NovaStates.ToMarkdown(), columns: 4);
    }

    private static void AssertComplete(string table, int columns)
    {
        var lines = table.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.All(lines, line => Assert.Equal(columns + 1, line.Count(letter => letter == '|')));
        Assert.Equal(
            Enum.GetNames<InstancePhase>(), lines.Skip(2).Select(line => line.Split('|')[1].Trim()));
    }

    private static string Between(string marker)
    {
        var path = Path.Combine(Root(), "src", "ARCHITECTURE.md");
        var text = File.ReadAllText(path);
        var (opening, closing) = ($"<!-- {marker} -->\n", $"<!-- /{marker} -->");
        var begin = text.IndexOf(opening, StringComparison.Ordinal);
        var end = text.IndexOf(closing, StringComparison.Ordinal);
        Assert.True(begin >= 0 && end > begin, $"{path} lacks the lines '{opening.TrimEnd()}' and '{closing}'.");
        return text[(begin + opening.Length)..end].Trim('\n') + "\n";
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NovaDocker.Actors.sln")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException("No folder above the tests holds NovaDocker.Actors.sln.");
    }
}
