namespace NovaDocker.Domain.Instances;

/// <summary>
/// The right to carry out one step: the journal position of the intent behind it. The host refuses a step whose token is
/// older than one that it has seen for the instance, so a brain that has been overtaken can do no harm.
/// </summary>
/// <param name="Revision">Journal sequence number of the event that made the step due.</param>
/// <param name="Writer">The incarnation of the instance's actor that sent it.</param>
public readonly record struct FencingToken(long Revision, Guid Writer)
{
    /// <summary>True where the other token was given out later.</summary>
    public bool IsOlderThan(FencingToken other) => Revision < other.Revision;
}
