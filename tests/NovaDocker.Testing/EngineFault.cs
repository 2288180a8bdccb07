namespace NovaDocker.Testing;

/// <summary>What happens around the work of a call.</summary>
/// <param name="Before">What comes before the work; where it throws, the work is not done.</param>
/// <param name="After">What comes after the work; where it throws, the answer is lost.</param>
public sealed record EngineFault(Func<CancellationToken, Task>? Before = null, Func<CancellationToken, Task>? After = null)
{
    /// <summary>A call as it should be.</summary>
    public static readonly EngineFault None = new();

    /// <summary>
    /// Where given, the caller gets this one's outcome instead of the call's, which goes on in the Engine although nobody
    /// waits for it any more. It is given the call.
    /// </summary>
    public Func<Task, CancellationToken, Task>? Abandoned { get; init; }

    /// <summary>What the archive of a saved image comes through on its way out; null for nothing in between.</summary>
    public Func<Stream, Stream>? SavedThrough { get; init; }
}
