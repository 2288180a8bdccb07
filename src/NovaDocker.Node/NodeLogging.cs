using System.Globalization;
using NovaDocker.Actors.Hosting;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace NovaDocker.Node;

/// <summary>Where the node's log goes: the console, as text or JSON lines, and a file where one is set.</summary>
internal static class NodeLogging
{
    private const string TextTemplate =
        "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Message:lj}{NewLine}{Exception}";

    private const int FilesKept = 14;

    /// <summary>A logger for the settings.</summary>
    public static Logger Create(LogSettings settings)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(LevelOf(settings.Level))
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Akka", AtLeast(LogEventLevel.Warning, LevelOf(settings.Level)))
            .Enrich.FromLogContext();
        configuration = settings.JsonConsole
            ? configuration.WriteTo.Console(new CompactJsonFormatter())
            : configuration.WriteTo.Console(outputTemplate: TextTemplate, formatProvider: CultureInfo.InvariantCulture);
        if (settings.File is { } file)
        {
            configuration = configuration.WriteTo.File(
                new CompactJsonFormatter(), file, rollingInterval: RollingInterval.Day, retainedFileCountLimit: FilesKept);
        }

        return configuration.CreateLogger();
    }

    private static LogEventLevel LevelOf(string level) => Enum.Parse<LogEventLevel>(level, ignoreCase: true);

    /// <summary>Akka's own chatter is let through only where the operator asks for more than the usual.</summary>
    private static LogEventLevel AtLeast(LogEventLevel least, LogEventLevel asked) =>
        asked < LogEventLevel.Information ? asked : (LogEventLevel)Math.Max((int)least, (int)asked);
}
