using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Hosts;

namespace NovaDocker.Actors.Hosts;

/// <summary>
/// What the host believes of its Engine. One that comes back after nobody listened at its address was restarted: nothing
/// is done with it until all its containers have been looked at.
/// </summary>
internal sealed class EngineStanding
{
    private EngineHealth _health = new(null, "The Engine was not asked yet.");
    private bool _wasSeen;
    private bool _wasGone;

    /// <summary>True where its first answer may still come: nothing has been heard of it since the node started.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>How often it was restarted.</summary>
    public int Restarts { get; private set; }

    /// <summary>What it is believed to be.</summary>
    public EngineState State => (_health.Info, _wasSeen, _wasGone) switch
    {
        (null, false, _) => EngineState.Unknown,
        (null, true, _) => EngineState.Unreachable,
        (_, _, true) => EngineState.Restarted,
        _ => EngineState.Healthy,
    };

    /// <summary>True while no step that needs it is begun.</summary>
    public bool IsAway => State != EngineState.Healthy;

    /// <summary>What it said of itself and its machine when it last answered; null until it did.</summary>
    public EngineInfo? LastSeen { get; private set; }

    /// <summary>Its version; empty while it does not answer.</summary>
    public string Version => _health.Info?.Version ?? "";

    /// <summary>Why it does not answer; null where it does.</summary>
    public string? Problem => _health.Problem;

    /// <summary>Takes in what a look at it showed.</summary>
    public void Heard(EngineHealth health)
    {
        IsNew = false;
        _health = health;
        LastSeen = health.Info ?? LastSeen;
        _wasGone |= _wasSeen && health.IsGone;
        _wasSeen |= health.Info is not null;
    }

    /// <summary>All its containers have been looked at. True where that was the first time after a restart.</summary>
    public bool Looked()
    {
        if (State != EngineState.Restarted)
            return false;
        _wasGone = false;
        Restarts++;
        return true;
    }
}
