using System.Globalization;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NovaDocker.Cli.Output;

/// <summary>What the tables have in common.</summary>
internal static class Tables
{
    /// <summary>A table without lines.</summary>
    public static Table Of(params string[] headings)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))).PadLeft(0).PadRight(2).NoWrap());
        return table;
    }

    /// <summary>A phase, coloured by whether all is well.</summary>
    public static IRenderable State(InstancePhase phase) => new Text(EventDescription.Kebab(phase), phase switch
    {
        InstancePhase.Active => Color.Green,
        InstancePhase.Error => Color.Red,
        InstancePhase.Stopped or InstancePhase.Paused => Color.Yellow,
        InstancePhase.Deleted => Color.Grey,
        _ => Color.Blue,
    });

    /// <summary>A time in UTC, to the millisecond, as the history needs it.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
