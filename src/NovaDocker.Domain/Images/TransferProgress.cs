namespace NovaDocker.Domain.Images;

/// <summary>How far a transfer of bytes has come.</summary>
/// <param name="BytesDone">Bytes taken from the source.</param>
/// <param name="BytesTotal">Bytes there are in all; null where the source does not say.</param>
public sealed record TransferProgress(long BytesDone, long? BytesTotal);
