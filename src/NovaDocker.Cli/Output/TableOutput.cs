using System.Globalization;
using NovaDocker.Cli.UserData;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.UserData.Options;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NovaDocker.Cli.Output;

/// <summary>
/// Tables for people. Columns are set apart by blanks alone, so that the same text serves a screen and a pipe; colour
/// only where a terminal takes it and <c>NO_COLOR</c> is not set.
/// </summary>
internal sealed class TableOutput(CliHost host) : IOutput
{
    /// <summary>A step that has taken longer is worth a line.</summary>
    private static readonly TimeSpan LongStep = TimeSpan.FromSeconds(2);

    /// <summary>Hexadecimal digits of a checksum that a table shows.</summary>
    private const int ChecksumDigits = 16;

    public bool ShowsHostNames => true;

    public bool IsForPrograms => false;

    public async Task InstancesAsync(IAsyncEnumerable<InstanceView> instances, Func<HostId, string> hostName)
    {
        var table = Tables.Of("ID", "NAME", "STATE", "HOST", "IMAGE", "SINCE", "ADDRESSES");
        await foreach (var view in instances.ConfigureAwait(false))
        {
            table.AddRow(
                new Text(view.Id.ToString()), new Text(view.Name), Tables.State(view), new Text(hostName(view.Host)),
                new Text(view.Image.Name), new Text(Tables.Time(view.Since)), new Text(PortTables.First(view.Ports)));
        }

        Consoles.Write(host, table);
    }

    public void Instance(InstanceView instance, Func<HostId, string> hostName)
    {
        Consoles.Write(host, InstanceDetails.Of(instance, hostName(instance.Host)));
        if (!instance.Ports.IsEmpty)
        {
            host.Out.WriteLine();
            Ports(instance.Ports);
        }

        if (instance.Options.IsEmpty)
            return;
        host.Out.WriteLine();
        Consoles.Write(host, UserDataText.Options(instance.Options));
    }

    public void Operation(OperationReport report, Func<HostId, string> hostName)
    {
        var state = EventDescription.Kebab(report.View.Phase);
        host.Out.WriteLine(report.Outcome switch
        {
            OperationOutcome.Accepted => $"{report.View.Id} {state}: {report.Command.Verb} accepted",
            OperationOutcome.AlreadyDone => $"{report.View.Id} {state}: nothing to do",
            OperationOutcome.Failed => $"{report.View.Id} {state}",
            _ => $"{report.View.Id} {state} on {hostName(report.View.Host)}",
        });
        if (report.Command.NewImageId is { } image && report.Outcome is not OperationOutcome.Failed)
            host.Out.WriteLine($"image {image}");
    }

    public async Task HistoryAsync(IAsyncEnumerable<HistoryEntry> entries, bool live)
    {
        if (live)
        {
            await foreach (var entry in entries.ConfigureAwait(false))
            {
                await host.Out.WriteLineAsync(HistoryLine(entry)).ConfigureAwait(false);
                await host.Out.FlushAsync().ConfigureAwait(false);
            }

            return;
        }

        var table = Tables.Of("#", "TIME", "EVENT", "KIND", "STATE", "WHO", "REQUEST", "DATA");
        await foreach (var entry in entries.ConfigureAwait(false))
        {
            table.AddRow(
                new Text(entry.Sequence.ToString(CultureInfo.InvariantCulture)),
                new Text(Tables.Time(entry.OccurredAt)),
                new Text(entry.Event, entry.Outcome == EventOutcome.Failure ? Color.Red : Style.Plain),
                new Text(EventDescription.Kebab(entry.Kind)),
                Tables.State(entry.State),
                new Text(Who(entry)),
                new Text(entry.RequestId),
                new Text(Data(entry)));
        }

        Consoles.Write(host, table);
    }

    public void Console(InstanceProtocol.ConsoleOutput output)
    {
        host.Out.Write(output.Text);
        if (output.Text.Length > 0 && !output.Text.EndsWith('\n'))
            host.Out.WriteLine();
        if (output.Truncated)
            Note("The beginning is left out: a message holds so much and no more. Ask for fewer --lines.");
    }

    public async Task ImagesAsync(IAsyncEnumerable<ImageDescription> images, bool withProperties)
    {
        string[] headings = ["ID", "NAME", "SIZE", "CREATED", "CHECKSUM"];
        var table = Tables.Of(withProperties ? [.. headings, "PROPERTIES"] : headings);
        await foreach (var image in images.ConfigureAwait(false))
        {
            IRenderable[] cells =
            [
                new Text(image.Id.ToString()), new Text(image.Name), new Text(ProgressText.Bytes(image.SizeBytes)),
                new Text(Tables.Time(image.CreatedAt)), new Text(Short(image.Checksum)),
            ];
            table.AddRow(withProperties ? [.. cells, new Text(Pairs(image.Properties))] : cells);
        }

        Consoles.Write(host, table);
    }

    /// <summary>A checksum's beginning, which tells images apart; --json has all of it.</summary>
    private static string Short(string checksum) =>
        checksum.IndexOf(':', StringComparison.Ordinal) + 1 + ChecksumDigits is var end && end < checksum.Length
            ? checksum[..end] + "…"
            : checksum;

    public void ImageAdded(ImageDescription image) =>
        host.Out.WriteLine($"{image.Id} {image.Name}, {ProgressText.Bytes(image.SizeBytes)}, {image.Checksum}");

    public void Pulls(IReadOnlyList<HostProtocol.ImagePull> pulls) => HostImageTables.Pulls(host, pulls);

    public void HostImages(IReadOnlyList<HostProtocol.HostImages> hosts) => HostImageTables.Images(host, hosts, Note);

    public Task ImageHistoryAsync(IAsyncEnumerable<ImageHistoryEntry> entries) => HostImageTables.HistoryAsync(host, entries);

    public void Hosts(IReadOnlyList<HostView> hosts)
    {
        var table = Tables.Of("NAME", "ADDRESS", "ENGINE", "MEMORY MB", "VCPUS", "INSTANCES", "STEPS", "ENGINE RESTARTS", "ID", "PROBLEM");
        foreach (var view in hosts)
        {
            table.AddRow(
                new Text(view.Name),
                new Text(view.Address),
                new Text($"{EventDescription.Kebab(view.EngineState)} {view.EngineVersion}".TrimEnd(),
                    view.EngineState switch
                    {
                        EngineState.Healthy => Color.Green,
                        EngineState.Restarted => Color.Yellow,
                        _ => Color.Red,
                    }),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{view.MemoryMbClaimed} of {view.MemoryMb}")),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{view.VcpusClaimed} of {view.Vcpus}")),
                new Text(view.Instances.ToString(CultureInfo.InvariantCulture)),
                new Text(Steps(view)),
                new Text(view.EngineRestarts.ToString(CultureInfo.InvariantCulture)),
                new Text(view.Id.Value),
                new Text(view.Problem ?? ""));
        }

        Consoles.Write(host, table);
        SlowSteps(hosts);
    }

    public void Ports(IReadOnlyList<InstancePort> ports)
    {
        if (ports.Count > 0)
            Consoles.Write(host, PortTables.Ports(ports));
    }

    public void Diagnostics(IReadOnlyList<PortDiagnostics> ports)
    {
        if (ports.Count > 0)
            Consoles.Write(host, PortTables.Diagnostics(ports));
    }

    public void Networks(IReadOnlyList<HostProtocol.HostNetworks> hosts) => PortTables.Networks(host, hosts, Note);

    public void Reconciled(IReadOnlyList<HostProtocol.HostReconciled> hosts)
    {
        var table = Tables.Of("FINDING", "SUBJECT", "INSTANCE", "ACTION", "REASON");
        foreach (var finding in hosts.SelectMany(reconciled => reconciled.Findings))
        {
            table.AddRow(
                EventDescription.Kebab(finding.Kind), finding.Subject.EscapeMarkup(), finding.InstanceId?.ToString() ?? "",
                EventDescription.Kebab(finding.Action), finding.Reason.EscapeMarkup());
        }

        if (table.Rows.Count > 0)
            Consoles.Write(host, table);
        foreach (var reconciled in hosts)
        {
            if (reconciled.Problem is { } problem)
                Note($"Host {reconciled.HostId}: not everything was compared. {problem}");
            else if (reconciled.Findings.IsEmpty)
                Note($"Host {reconciled.HostId}: Engine and journal agree.");
            if (reconciled.Omitted > 0)
                Note($"Host {reconciled.HostId}: {reconciled.Omitted} more findings are not shown.");
        }
    }

    public void UserDataChecked(CheckedUserData userData) => UserDataText.Write(host, userData);

    public void OptionTable(IReadOnlyList<OptionRow> rows) => Consoles.Write(host, UserDataText.Guide(rows));

    public void Note(string text) => host.Error.WriteLine(text);

    public void Failure(CliException failure)
    {
        host.Error.WriteLine($"novadocker: {PlainText.Lines(failure.Heading ?? failure.Message)}");
        foreach (var fault in failure.Faults)
            host.Error.WriteLine($"  {PlainText.Line(fault)}");
        if (failure.Hint is { } hint)
            host.Error.WriteLine($"  {hint}");
    }

    public Task<TResult> TrackAsync<TNews, TResult>(
        string title, Func<TNews, ProgressText> describe, Func<IProgress<TNews>?, Task<TResult>> work)
    {
        if (!host.ErrorIsTerminal)
            return work(new LineProgress<TNews>(host.Error, title, describe));
        return Consoles.Live(host.Error).Status().StartAsync(
            Markup.Escape(title), context => work(new StatusProgress<TNews>(context, title, describe)));
    }

    /// <summary>The steps that a person may wonder about: those that take long, and those that wait for the Engine.</summary>
    private void SlowSteps(IReadOnlyList<HostView> hosts)
    {
        var table = Tables.Of("HOST", "INSTANCE", "STEP", "ATTEMPT", "FOR", "WAITS FOR");
        foreach (var view in hosts)
        {
            foreach (var step in view.StepsInHand.Where(step => step.IsWaiting || step.Elapsed > LongStep))
            {
                table.AddRow(
                    new Text(view.Name), new Text(step.InstanceId.ToString()), new Text(EventDescription.Kebab(step.Step)),
                    new Text(step.Attempt.ToString(CultureInfo.InvariantCulture)), new Text(Tables.Duration(step.Elapsed)),
                    new Text(step.IsWaiting ? "the Engine" : "", Color.Yellow));
            }
        }

        if (table.Rows.Count == 0)
            return;
        host.Out.WriteLine();
        Consoles.Write(host, table);
    }

    private static string Steps(HostView view) => view.StepsWaiting > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{view.Steps}, {view.StepsWaiting} waiting")
        : view.Steps.ToString(CultureInfo.InvariantCulture);

    private static string HistoryLine(HistoryEntry entry) => string.Create(CultureInfo.InvariantCulture,
        $"{entry.Sequence,4}  {Tables.Time(entry.OccurredAt)}  {entry.Event,-28}  {EventDescription.Kebab(entry.State),-12}  {Data(entry)}").TrimEnd();

    private static string Who(HistoryEntry entry) =>
        entry.Initiator.UserId.Length > 0 ? entry.Initiator.UserId : entry.Initiator.Service;

    private static string Data(HistoryEntry entry) => Pairs(entry.Data);

    private static string Pairs(EquatableMap<string> pairs) =>
        string.Join(' ', pairs.Select(pair => $"{PlainText.Line(pair.Key)}={PlainText.Line(pair.Value)}"));
}
