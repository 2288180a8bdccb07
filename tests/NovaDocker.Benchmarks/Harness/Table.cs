using System.Globalization;
using System.Text;

namespace NovaDocker.Benchmarks.Harness;

/// <summary>A table of results: what, median, quartiles, remark.</summary>
/// <param name="title">What all rows are about.</param>
internal sealed class Table(string title)
{
    private readonly List<(string What, string Value, string Spread, string Remark)> _rows = [];

    /// <summary>Adds a row of readings.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="samples">The readings.</param>
    /// <param name="unit">Their unit; empty for none.</param>
    /// <param name="format">How a number is written.</param>
    /// <param name="remark">What is to be said of it.</param>
    public Table Add(string what, Samples samples, string unit, string format = "0.0", string remark = "")
    {
        _rows.Add((what, Text(samples.Median, format, unit), $"{Text(samples.LowerQuartile, format)} .. {Text(samples.UpperQuartile, format)}", remark));
        return this;
    }

    /// <summary>Adds a row of one reading.</summary>
    public Table Add(string what, double value, string unit, string format = "0.0", string remark = "")
    {
        _rows.Add((what, Text(value, format, unit), "", remark));
        return this;
    }

    /// <summary>Adds both sides of pairs and their ratio.</summary>
    public Table Add(string product, string baseline, Pairs pairs, string unit, string format = "0.0", Target? target = null)
    {
        Add(product, pairs.Product, unit, format);
        Add(baseline, pairs.Baseline, unit, format);
        return Add("RATIO", pairs.Ratio, "", "0.00", target?.Judge(pairs.Ratio.Median) ?? "");
    }

    /// <summary>The table as text.</summary>
    public override string ToString()
    {
        (string What, string Value, string Spread, string Remark)[] rows = [(title, "median", "quartiles", ""), .. _rows];
        var (what, value, spread) = (rows.Max(row => row.What.Length) + 2, rows.Max(row => row.Value.Length), rows.Max(row => row.Spread.Length));
        var text = new StringBuilder();
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var name = i == 0 ? row.What : $"  {row.What}";
            text.AppendLine($"{name.PadRight(what)}  {row.Value.PadLeft(value)}   {row.Spread.PadRight(spread)}   {row.Remark}".TrimEnd());
        }

        return text.ToString();
    }

    private static string Text(double value, string format, string unit = "") =>
        value.ToString(format, CultureInfo.InvariantCulture) + (unit.Length > 0 ? $" {unit}" : "");
}
