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
        InstancePhase.Stopped or InstancePhase.Paused or InstancePhase.Suspended or InstancePhase.Rescued => Color.Yellow,
        InstancePhase.Deleted => Color.Grey,
        _ => Color.Blue,
    });

    /// <summary>The same of an instance, with what its health checks say of one that is active.</summary>
    public static IRenderable State(InstanceView view) => view switch
    {
        { Phase: InstancePhase.Active, Health: HealthStatus.Starting } => new Text("active (health: starting)", Color.Yellow),
        { Phase: InstancePhase.Active, Health: { } health } => new Text(
            $"active ({EventDescription.Kebab(health)})", health == HealthStatus.Healthy ? Color.Green : Color.Red),
        _ => State(view.Phase),
    };

    /// <summary>A duration, as the options take it: <c>2.5s</c>, <c>12m30s</c>, <c>3h05m</c>.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0}s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}m{duration.Seconds:00}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours}h{duration.Minutes:00}m"),
    };

    /// <summary>A time in UTC, to the millisecond, as the history needs it.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
