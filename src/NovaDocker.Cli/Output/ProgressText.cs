using System.Globalization;
using NovaDocker.Domain.Audit;
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
        return new ProgressText(text, operation.Progress is { } progress ? Transfer(progress.BytesDone, progress.BytesTotal) : "");
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

    private static string Transfer(long done, long? total) => total is { } all ? $"{Bytes(done)} of {Bytes(all)}" : Bytes(done);
}
