using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>Tells how many bytes went by: once a <see cref="ReportEvery"/>, and at the end of the stream.</summary>
internal sealed class ProgressStream : ReadThroughStream
{
    /// <summary>Bytes between two reports, so that a listener behind a mailbox is not flooded.</summary>
    public const int ReportEvery = 1024 * 1024;

    private readonly IProgress<TransferProgress> _progress;
    private readonly long? _total;
    private long _done;
    private long _reported;

    public ProgressStream(Stream inner, IProgress<TransferProgress> progress, long? total)
        : base(inner)
    {
        _progress = progress;
        _total = total;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _done += read;
        var ended = read == 0 && buffer.Length > 0;
        if (_done - _reported >= ReportEvery || (ended && _done > _reported))
        {
            _reported = _done;
            _progress.Report(new TransferProgress(_done, _total));
        }

        return read;
    }
}
