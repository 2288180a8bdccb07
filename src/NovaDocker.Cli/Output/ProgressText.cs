using System.Globalization;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Output;

/// <summary>One line about something under way.</summary>
/// <param name="Text">What is being done; a log gets a new line where it changes.</param>
/// <param name="Detail">What changes many times a second, for a screen.</param>
internal sealed record ProgressText(string Text, string Detail)
{
    /// <summary>Where an instance stands.</summary>
    public static ProgressText Of(InstanceView view)
    {
        var text = EventDescription.Kebab(view.Phase);
        if (view.Operation is not { } operation)
            return new ProgressText(text, "");
        if (operation is { Verb: InstanceVerb.Restart, Attempt: 0, RetryAt: { } startAt })
            return new ProgressText($"{text}: next start at {Clock(startAt)}", "");
        if (operation.Step is { } step)
            text += $": {EventDescription.Kebab(step)}";
        if (operation.Attempt > 1)
            text += string.Create(CultureInfo.InvariantCulture, $", attempt {operation.Attempt}");
        if (operation.RetryAt is { } at)
            text += $", again at {Clock(at)}";
        if (operation.RetryAt is not null && view.Fault is { } fault)
            text += $" ({fault.Message})";
        return With(text, operation.Progress);
    }

    /// <summary>Where a pull stands: on the host that is furthest behind, and on how many it goes on.</summary>
    public static ProgressText Of(EquatableArray<HostProtocol.ImagePull> pulls)
    {
        var pulling = pulls.Where(pull => pull.State == PullState.Pulling).ToArray();
        if (pulling.Length == 0)
            return new ProgressText("done", "");
        var text = pulls.Count > 1
            ? string.Create(CultureInfo.InvariantCulture, $"pulling on {pulling.Length} of {pulls.Count} hosts")
            : "pulling";
        return With(text, pulling.Select(pull => pull.Progress).OfType<TransferProgress>().MinBy(progress => progress.BytesDone));
    }

    /// <summary>How far an upload has come.</summary>
    public static ProgressText Upload(string name, long done, long? total)
    {
        var tenth = total is > 0 ? string.Create(CultureInfo.InvariantCulture, $" {done * 10 / total.Value * 10} %") : "";
        return new ProgressText($"uploading {name}{tenth}", Transfer(done, total));
    }

    /// <summary>A number of bytes in the unit that suits it.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.00} GiB"),
    };

    /// <summary>A time soon to come.</summary>
    public static string Clock(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:HH:mm:ss}Z");

    private static ProgressText With(string text, TransferProgress? progress) => progress switch
    {
        null => new ProgressText(text, ""),
        { WaitsFor: { } awaited } => new ProgressText($"{text}, waiting for {PlainText.Line(awaited)}", ""),
        { BytesDone: 0, BytesTotal: null } => new ProgressText(text, ""),
        _ => new ProgressText(text, Transfer(progress.BytesDone, progress.BytesTotal) + Pace(progress)),
    };

    private static string Pace(TransferProgress progress)
    {
        var pace = progress.BytesPerSecond is { } perSecond ? $", {Bytes(perSecond)}/s" : "";
        return progress.Remaining is { } left ? $"{pace}, {Tables.Duration(left)} left" : pace;
    }

    private static string Transfer(long done, long? total) => total is { } all ? $"{Bytes(done)} of {Bytes(all)}" : Bytes(done);
}
