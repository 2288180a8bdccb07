using System.Globalization;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using Spectre.Console;

namespace NovaDocker.Cli.Output;

/// <summary>The images in the hosts' Engines, for people.</summary>
internal static class HostImageTables
{
    /// <summary>Where pulls stand.</summary>
    public static void Pulls(CliHost host, IReadOnlyList<HostProtocol.ImagePull> pulls)
    {
        foreach (var pull in pulls)
        {
            var word = pull.State switch
            {
                PullState.Present => "already present",
                PullState.Pulling => "accepted",
                _ => "pulled",
            };
            host.Out.WriteLine($"{pull.ImageId} {PlainText.Line(pull.Name)}: {word} on host {pull.HostId}");
        }
    }

    /// <summary>The images of hosts, what becomes of each, and how much room that makes.</summary>
    public static void Images(CliHost host, IReadOnlyList<HostProtocol.HostImages> hosts, Action<string> note)
    {
        var table = Tables.Of("IMAGE", "NAME", "SIZE", "SINCE", "LAST USED", "INSTANCES", "FATE", "WHY", "HOST");
        foreach (var told in hosts)
        {
            foreach (var image in told.Images)
            {
                table.AddRow(
                    new Text(image.ImageId.ToString()), new Text(PlainText.Line(image.Name)), new Text(ProgressText.Bytes(image.Bytes)),
                    new Text(Time(image.LoadedAt)), new Text(Time(image.LastUsed)),
                    new Text(image.Instances.ToString(CultureInfo.InvariantCulture)), Fate(image), new Text(PlainText.Line(image.Why)),
                    new Text(told.HostId.Value));
            }
        }

        if (table.Rows.Count > 0)
            Consoles.Write(host, table);
        foreach (var told in hosts)
            note(Summary(told));
    }

    /// <summary>Events of ledgers.</summary>
    public static async Task HistoryAsync(CliHost host, IAsyncEnumerable<ImageHistoryEntry> entries)
    {
        var table = Tables.Of("#", "TIME", "EVENT", "KIND", "IMAGE", "NAME", "DATA");
        await foreach (var entry in entries.ConfigureAwait(false))
        {
            table.AddRow(
                new Text(entry.Sequence.ToString(CultureInfo.InvariantCulture)), new Text(Tables.Time(entry.OccurredAt)),
                new Text(entry.Event, entry.Outcome == EventOutcome.Failure ? Color.Red : Style.Plain),
                new Text(EventDescription.Kebab(entry.Kind)), new Text(entry.ImageId.ToString()),
                new Text(PlainText.Line(entry.ImageName)),
                new Text(string.Join(' ', entry.Data.Select(pair => $"{PlainText.Line(pair.Key)}={PlainText.Line(pair.Value)}"))));
        }

        Consoles.Write(host, table);
    }

    private static Text Fate(HostImageView image) => new(
        EventDescription.Kebab(image.Fate),
        image.Fate switch
        {
            ImageFate.Stays => Style.Plain,
            ImageFate.Failed => Color.Red,
            _ => Color.Yellow,
        });

    private static string Summary(HostProtocol.HostImages told)
    {
        if (told.Problem is { } problem)
            return $"Host {told.HostId}: nothing is known of its images: {problem}";
        var omitted = told.Omitted > 0 ? $" {told.Omitted} more images are not shown." : "";
        var disk = told.Disk is { } use
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" {use.Path}: {use.UsedPercent:0.0} % of {ProgressText.Bytes(use.TotalBytes)} used, {ProgressText.Bytes(use.FreeBytes)} free.")
            : "";
        var gone = told.Images.Where(image => image.Fate is ImageFate.Gone or ImageFate.WouldGo).ToArray();
        var verb = gone.Any(image => image.Fate == ImageFate.Gone) ? "went" : "would go";
        var freed = gone.Length > 0
            ? $" {gone.Length} {verb}, {ProgressText.Bytes(gone.Sum(image => image.FreedBytes))} at most."
            : " Nothing goes.";
        return $"Host {told.HostId}: {told.Images.Count + told.Omitted} images of ours.{freed}{omitted}{disk}";
    }

    private static string Time(DateTimeOffset? time) => time is { } known ? Tables.Time(known) : "-";
}
