namespace NovaDocker.Domain.Images;

/// <summary>How far a transfer of bytes has come.</summary>
/// <param name="BytesDone">Bytes taken from the source.</param>
/// <param name="BytesTotal">Bytes there are in all; null where the source does not say.</param>
public sealed record TransferProgress(long BytesDone, long? BytesTotal)
{
    /// <summary>How fast it goes at present; null until that is known.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>What it waits for before any byte moves; null where it waits for nothing.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>How long the rest takes at the present pace; null where that cannot be told.</summary>
    public TimeSpan? Remaining => BytesTotal is { } total && BytesPerSecond is > 0 and var pace
        ? TimeSpan.FromSeconds(Math.Max(0, total - BytesDone) / (double)pace)
        : null;
}
