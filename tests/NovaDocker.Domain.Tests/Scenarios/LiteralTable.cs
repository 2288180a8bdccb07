namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>A table written out in a test: words in columns, the first line and the first column naming them.</summary>
internal sealed class LiteralTable<TRow>
    where TRow : struct, Enum
{
    private readonly Dictionary<(TRow, string), string> _cells = [];

    private LiteralTable(IReadOnlyList<TRow> rows, IReadOnlyList<string> columns)
    {
        Rows = rows;
        Columns = columns;
    }

    public IReadOnlyList<TRow> Rows { get; }

    public IReadOnlyList<string> Columns { get; }

    public string this[TRow row, string column] => _cells[(row, column)];

    public static LiteralTable<TRow> Parse(string text)
    {
        var lines = text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var table = new LiteralTable<TRow>([.. lines.Skip(1).Select(line => Enum.Parse<TRow>(line[0]))], lines[0][1..]);
        foreach (var (row, words) in table.Rows.Zip(lines.Skip(1)))
        {
            Assert.Equal(table.Columns.Count, words.Length - 1);
            foreach (var (column, word) in table.Columns.Zip(words.Skip(1)))
                table._cells.Add((row, column), word);
        }

        return table;
    }
}
