using NovaDocker.Actors.Common;

namespace NovaDocker.Images.Tests;

/// <summary>Gives bytes in pieces of given lengths, over and over, as a network might.</summary>
internal sealed class PiecemealStream(byte[] bytes, int[] pieces) : ForwardOnlyStream
{
    private int _at;
    private int _next;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = Math.Min(Math.Min(buffer.Length, pieces[_next++ % pieces.Length]), bytes.Length - _at);
        if (_next % 3 == 0)
            await Task.Yield();
        bytes.AsMemory(_at, read).CopyTo(buffer);
        _at += read;
        return read;
    }
}
