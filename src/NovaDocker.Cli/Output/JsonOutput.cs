using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NovaDocker.Cli.UserData;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.UserData.Options;

namespace NovaDocker.Cli.Output;

/// <summary>JSON lines: one object per row on standard output, a failure as one object on standard error, no progress.</summary>
internal sealed class JsonOutput(CliHost host) : IOutput
{
    public bool ShowsHostNames => false;

    public bool IsForPrograms => true;

    public async Task InstancesAsync(IAsyncEnumerable<InstanceView> instances, Func<HostId, string> hostName)
    {
        await foreach (var view in instances.ConfigureAwait(false))
            Write(new InstanceRow(view), CliJson.Lines.InstanceRow);
    }

    public void Instance(InstanceView instance, Func<HostId, string> hostName) =>
        Write(new InstanceDetailRow(instance), CliJson.Lines.InstanceDetailRow);

    public void Operation(OperationReport report, Func<HostId, string> hostName) =>
        Write(new OperationRow(report), CliJson.Lines.OperationRow);

    public async Task HistoryAsync(IAsyncEnumerable<HistoryEntry> entries, bool live)
    {
        await foreach (var entry in entries.ConfigureAwait(false))
        {
            Write(HistoryRow.Of(entry), CliJson.Lines.HistoryRow);
            if (live)
                await host.Out.FlushAsync().ConfigureAwait(false);
        }
    }

    public void Console(InstanceProtocol.ConsoleOutput output) =>
        Write(new ConsoleRow(output.InstanceId.ToString(), output.Text, output.Truncated), CliJson.Lines.ConsoleRow);

    public async Task ImagesAsync(IAsyncEnumerable<ImageDescription> images, bool withProperties)
    {
        await foreach (var image in images.ConfigureAwait(false))
            ImageAdded(image);
    }

    public void ImageAdded(ImageDescription image) => Write(ImageRow.Of(image), CliJson.Lines.ImageRow);

    public void Pulls(IReadOnlyList<HostProtocol.ImagePull> pulls)
    {
        foreach (var pull in pulls)
            Write(ImagePullRow.Of(pull), CliJson.Lines.ImagePullRow);
    }

    public void HostImages(IReadOnlyList<HostProtocol.HostImages> hosts)
    {
        foreach (var row in hosts.SelectMany(HostImageRow.Of))
            Write(row, CliJson.Lines.HostImageRow);
    }

    public async Task ImageHistoryAsync(IAsyncEnumerable<ImageHistoryEntry> entries)
    {
        await foreach (var entry in entries.ConfigureAwait(false))
            Write(ImageHistoryRow.Of(entry), CliJson.Lines.ImageHistoryRow);
    }

    public void Hosts(IReadOnlyList<HostView> hosts)
    {
        foreach (var view in hosts)
            Write(HostRow.Of(view), CliJson.Lines.HostRow);
    }

    public void Ports(IReadOnlyList<InstancePort> ports)
    {
        foreach (var port in ports)
            Write(PortRow.Of(port), CliJson.Lines.PortRow);
    }

    public void Diagnostics(IReadOnlyList<PortDiagnostics> ports)
    {
        foreach (var port in ports)
            Write(PortDiagnosticsRow.Of(port), CliJson.Lines.PortDiagnosticsRow);
    }

    public void Networks(IReadOnlyList<HostProtocol.HostNetworks> hosts)
    {
        foreach (var row in hosts.SelectMany(NetworkRow.Of))
            Write(row, CliJson.Lines.NetworkRow);
    }

    public void Reconciled(IReadOnlyList<HostProtocol.HostReconciled> hosts)
    {
        foreach (var row in hosts.SelectMany(FindingRow.Of))
            Write(row, CliJson.Lines.FindingRow);
    }

    public void UserDataChecked(CheckedUserData userData) => Write(UserDataRow.Of(userData), CliJson.Lines.UserDataRow);

    public void OptionTable(IReadOnlyList<OptionRow> rows)
    {
        foreach (var row in rows)
            Write(OptionGuideRow.Of(row), CliJson.Lines.OptionGuideRow);
    }

    public void Note(string text)
    {
        // What a note says, a program reads from the row's fields.
    }

    public void Failure(CliException failure) => host.Error.WriteLine(JsonSerializer.Serialize(
        new FailureRow(failure.Code, failure.Message, failure.Hint, failure.ExitCode, failure.Faults), CliJson.Lines.FailureRow));

    public Task<TResult> TrackAsync<TNews, TResult>(
        string title, Func<TNews, ProgressText> describe, Func<IProgress<TNews>?, Task<TResult>> work) => work(null);

    private void Write<TRow>(TRow row, JsonTypeInfo<TRow> type) => host.Out.WriteLine(JsonSerializer.Serialize(row, type));
}
