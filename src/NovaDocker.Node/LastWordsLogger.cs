using Akka.Configuration;
using Akka.Event;

namespace NovaDocker.Node;

/// <summary>
/// What Akka logs to while its loggers do not run, at its very start and end. Its own one writes to standard output whatever
/// the level, into the midst of a log that may be JSON; here what matters goes to standard error.
/// </summary>
internal sealed class LastWordsLogger : MinimalLogger
{
    /// <summary>Makes Akka use it.</summary>
    public static Config Config { get; } = ConfigurationFactory.ParseString(
        $"akka.stdout-logger-class = \"{typeof(LastWordsLogger).FullName}, {typeof(LastWordsLogger).Assembly.GetName().Name}\"");

    /// <inheritdoc/>
    protected override void Log(object message)
    {
        if (message is LogEvent said && said.LogLevel() >= LogLevel.WarningLevel)
            Console.Error.WriteLine(said);
    }
}
