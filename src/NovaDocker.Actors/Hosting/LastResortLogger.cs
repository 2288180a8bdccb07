using Akka.Event;

namespace NovaDocker.Actors.Hosting;

/// <summary>
/// What Akka logs to before any other logger is there and after the last has gone. It lets through what went wrong, to
/// standard error: Akka's own hands everything that is left over at the end to the console, at whatever level.
/// </summary>
internal sealed class LastResortLogger : MinimalLogger
{
    /// <inheritdoc/>
    protected override void Log(object message)
    {
        if (message is Error error)
            Console.Error.WriteLine(error);
    }
}
