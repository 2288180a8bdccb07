namespace NovaDocker.Domain.Instances;

/// <summary>What an event is evidence of. Numbers are on the wire and never change.</summary>
public enum EventKind
{
    /// <summary>Something is about to be done; written before it is.</summary>
    Intent = 1,

    /// <summary>What came of it.</summary>
    Result = 2,

    /// <summary>Something that was seen and not asked for.</summary>
    Observation = 3,

    /// <summary>Something the instance's actor decided: a refusal, an end, a turn.</summary>
    Decision = 4,
}

/// <summary>How what an event tells of turned out. Numbers are on the wire and never change.</summary>
public enum EventOutcome
{
    /// <summary>Not known yet: a later event tells.</summary>
    Pending = 1,

    /// <summary>As wanted.</summary>
    Success = 2,

    /// <summary>Not as wanted.</summary>
    Failure = 3,
}
