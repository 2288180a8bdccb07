using System.Globalization;
using NovaDocker.Actors.Hosting;
using NovaDocker.Settings;
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

    /// <summary>Actors of this program; those of Akka's own live below <c>/system</c>.</summary>
    private const string OwnActors = "/user/";

    /// <summary>What the systems of commanders are called, and so the actors that serve their connections.</summary>
    private const string OfCommander = "commander-";

    /// <summary>What Akka's remoting throws where a connection was closed by the other side without a farewell.</summary>
    private const string ClosedByOther = "EndpointDisassociatedException";

    /// <summary>A logger for the settings.</summary>
    /// <exception cref="SettingsException">The file to log to cannot be written.</exception>
    public static Logger Create(LogSettings settings)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(LevelOf(settings.Level))
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // Why the host did not start is said in words by the command; its stack trace helps nobody.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
            .Filter.ByExcluding(IsChatter(LevelOf(settings.Level)))
            .Filter.ByExcluding(IsEndOfCommander(LevelOf(settings.Level)))
            .Enrich.FromLogContext();
        configuration = settings.JsonConsole
            ? configuration.WriteTo.Console(new CompactJsonFormatter())
            : configuration.WriteTo.Console(outputTemplate: TextTemplate, formatProvider: CultureInfo.InvariantCulture);
        if (settings.File is { } file)
        {
            CheckWritable(file);
            configuration = configuration.WriteTo.File(
                new CompactJsonFormatter(), file, rollingInterval: RollingInterval.Day, retainedFileCountLimit: FilesKept);
        }

        return configuration.CreateLogger();
    }

    private static LogEventLevel LevelOf(string level) => Enum.Parse<LogEventLevel>(level, ignoreCase: true);

    /// <summary>What Akka's own actors say below a warning is let through only where the operator asks for more than the usual.</summary>
    private static Func<LogEvent, bool> IsChatter(LogEventLevel asked) => said =>
        asked >= LogEventLevel.Information
        && said.Level < LogEventLevel.Warning
        && ActorOf(said) is { } actor
        && !actor.Contains(OwnActors, StringComparison.Ordinal);

    /// <summary>
    /// A command that is interrupted or killed leaves without a farewell, which is an error to Akka, with a stack trace, and
    /// to an operator nothing. What else there is to be said of its connection is let through.
    /// </summary>
    private static Func<LogEvent, bool> IsEndOfCommander(LogEventLevel asked) => said =>
        asked >= LogEventLevel.Information
        && ActorOf(said) is { } actor
        && actor.Contains(OfCommander, StringComparison.Ordinal)
        && (said.Exception?.GetType().Name == ClosedByOther
            || said.RenderMessage(CultureInfo.InvariantCulture).Contains(ClosedByOther, StringComparison.Ordinal));

    private static string? ActorOf(LogEvent said) =>
        said.Properties.TryGetValue("ActorPath", out var path) && path is ScalarValue { Value: string text } ? text : null;

    /// <summary>Serilog passes over a file that it cannot write; an operator who asked for one must hear of it.</summary>
    private static void CheckWritable(string file)
    {
        try
        {
            var directory = Path.GetDirectoryName(Path.GetFullPath(file))!;
            Directory.CreateDirectory(directory);
            // The name of the day's file is Serilog's to make; what can be tried is another one beside it.
            var probe = Path.Combine(directory, $".{Path.GetFileName(file)}.probe");
            using var opened = new FileStream(probe, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingsException(
                [$"novadocker.log.file is '{file}', which cannot be written ({e.Message}); a file in a directory that this user may write to is expected."]);
        }
    }
}
