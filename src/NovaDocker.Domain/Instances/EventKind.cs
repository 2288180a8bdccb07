namespace NovaDocker.Domain.Instances;

/// <summary>What an event is evidence of.</summary>
public enum EventKind
{
    /// <summary>Something is about to be done; written before it is.</summary>
    Intent,

    /// <summary>What came of it.</summary>
    Result,

    /// <summary>Something that was seen and not asked for.</summary>
    Observation,

    /// <summary>Something the instance's actor decided: a refusal, an end, a turn.</summary>
    Decision,
}

/// <summary>How what an event tells of turned out.</summary>
public enum EventOutcome
{
    /// <summary>Not known yet: a later event tells.</summary>
    Pending,

    /// <summary>As wanted.</summary>
    Success,

    /// <summary>Not as wanted.</summary>
    Failure,
}
