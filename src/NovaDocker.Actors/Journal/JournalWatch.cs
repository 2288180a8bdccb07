using Akka.Actor;
using Akka.Event;

namespace NovaDocker.Actors.Journal;

/// <summary>
/// Looks after the journal also while nothing is written, and says in the log when it goes and when it is back: a mistake of
/// an operator may still be undone before anybody has asked for anything.
/// </summary>
internal sealed class JournalWatch : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly JournalGuard _guard = JournalGuard.Of(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private string? _problem;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props() => Akka.Actor.Props.Create(() => new JournalWatch());

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(Look.Instance, Look.Instance, Interval);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is Look)
            Say(_guard.Problem());
        else
            Unhandled(message);
    }

    private void Say(string? problem)
    {
        if (problem == _problem)
            return;
        _problem = problem;
        if (problem is null)
        {
            _log.Warning("The journal is back; commands are taken again.");
            return;
        }

        _log.Error(
            "The journal is away: {0} Nothing new is begun until it is back. Where its files are gone, what was stored can be "
            + "copied from /proc/{1}/fd as long as this process runs.",
            problem, Environment.ProcessId);
    }

    private sealed class Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }
}
