namespace NovaDocker.Actors.Audit;

/// <summary>A cursor is asked about that this journal never gave: it is another journal's.</summary>
/// <param name="cursor">The cursor.</param>
/// <param name="last">Where the journal ends.</param>
internal sealed class UnknownCursorException(long cursor, long last) : Exception(
    $"The cursor is {cursor}, and the journal ends at {last}: it is another journal's. Ask without a cursor where this one stands.");
