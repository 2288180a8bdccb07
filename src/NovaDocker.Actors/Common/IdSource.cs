namespace NovaDocker.Actors.Common;

/// <summary>Where new ids come from, so that a test can say which they are.</summary>
/// <param name="next">Makes an id that was never given out before.</param>
public sealed class IdSource(Func<Guid> next)
{
    /// <summary>Ids that sort by the time they were made (UUID version 7).</summary>
#pragma warning disable RS0030 // The one place where ids are made.
    public static readonly IdSource TimeOrdered = new(Guid.CreateVersion7);
#pragma warning restore RS0030

    /// <summary>A new id.</summary>
    public Guid Next() => next();
}
