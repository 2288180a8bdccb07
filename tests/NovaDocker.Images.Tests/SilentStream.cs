namespace NovaDocker.Images.Tests;

/// <summary>Gives its bytes and then nothing, not even an end, until the read is called off or it is let end.</summary>
internal sealed class SilentStream(byte[] bytes) : MemoryStream(bytes)
{
    private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a read waits in vain.</summary>
    public Task Silent => _silent.Task;

    public bool IsDisposed { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position < Length)
            return await base.ReadAsync(buffer, cancellationToken);
        _silent.TrySetResult();
        return await _end.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets it end after all.</summary>
    public void End() => _end.TrySetResult(0);

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
