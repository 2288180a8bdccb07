using NovaDocker.Actors.Images;
using NovaDocker.Domain.Images;
using NovaDocker.Settings;

namespace NovaDocker.Actors.Hosting;

/// <summary>How images are moved and kept: <c>novadocker.images</c> in HOCON.</summary>
internal static class ImageSettingsReader
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Reads the section.</summary>
    /// <param name="reader">What reads it.</param>
    /// <param name="data">The node's data directory.</param>
    /// <param name="inactivity">How long a source may go without a byte.</param>
    public static ImageSettings Read(SettingsReader reader, string data, TimeSpan inactivity)
    {
        var initial = reader.Duration("images.retry.initial-backoff", TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        return new ImageSettings
        {
            IsGlance = reader.OneOf("images.store", "directory", "glance") == "glance",
            StoreDirectory = NovaDockerSettings.Under(data, reader.Text("images.store-directory"), "images"),
            SharedDirectory = reader.Text("images.shared-directory") is { Length: > 0 } shared ? shared : null,
            MaxTransfers = reader.Number("images.max-transfers", 1, 64),
            InactivityTimeout = inactivity,
            TransferTimeout = reader.Duration("images.transfer-timeout", Second, 7 * Day),
            UploadTimeout = reader.Duration("images.upload-timeout", Second, Day),
            Resume = new ResumeSettings
            {
                MaxAttempts = reader.Number("images.resume.max-attempts", 0, 1000),
                InitialBackoff = reader.Duration("images.resume.initial-backoff", TimeSpan.Zero, Day),
                MaxBackoff = reader.Duration("images.resume.max-backoff", TimeSpan.Zero, Day),
            },
            InitialBackoff = initial,
            MaxBackoff = reader.Duration("images.retry.max-backoff", initial, Day),
            DiskReserveMb = reader.Number("images.disk-reserve-mb", 0, int.MaxValue),
            CollectInterval = OffOr(reader, "images.collect.interval", Second, Day),
            Collection = Rules(reader),
        };
    }

    private static CollectionRules Rules(SettingsReader reader)
    {
        var rules = new CollectionRules(
            OffOr(reader, "images.collect.unused-for", Second, 3650 * Day),
            reader.Number("images.collect.high-percent", 1, 100),
            reader.Number("images.collect.low-percent", 0, 100),
            reader.Duration("images.collect.min-age", TimeSpan.Zero, 365 * Day));
        if (rules.LowPercent > rules.HighPercent)
        {
            reader.Fault(
                "images.collect.low-percent", $"{rules.LowPercent}", $"at most images.collect.high-percent, which is {rules.HighPercent},");
        }

        return rules;
    }

    private static TimeSpan? OffOr(SettingsReader reader, string key, TimeSpan least, TimeSpan most) =>
        reader.Text(key) is "off" or "false" or "no" ? null : reader.Duration(key, least, most);
}
