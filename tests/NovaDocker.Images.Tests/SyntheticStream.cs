namespace NovaDocker.Images.Tests;

/// <summary>A beginning, a length of zeros that are nowhere stored, and an end.</summary>
internal sealed class SyntheticStream(byte[] head, long zeros, byte[] tail) : Stream
{
    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count;
        var at = BytesRead;
        if (at < head.Length)
        {
            count = (int)Math.Min(buffer.Length, head.Length - at);
            head.AsSpan((int)at, count).CopyTo(buffer);
        }
        else if (at < head.Length + zeros)
        {
            count = (int)Math.Min(buffer.Length, head.Length + zeros - at);
            buffer[..count].Clear();
        }
        else
        {
            var start = (int)(at - head.Length - zeros);
            count = Math.Min(buffer.Length, tail.Length - start);
            tail.AsSpan(start, count).CopyTo(buffer);
        }

        BytesRead += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
