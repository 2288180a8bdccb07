using NovaDocker.Actors.Common;

namespace NovaDocker.Images.Tests;

/// <summary>The same bytes over and over, without end.</summary>
internal sealed class RepeatingStream(byte[] bytes) : ForwardOnlyStream
{
    private int _at;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = 0;
        while (read < buffer.Length)
        {
            var piece = Math.Min(buffer.Length - read, bytes.Length - _at);
            bytes.AsMemory(_at, piece).CopyTo(buffer[read..]);
            (_at, read) = ((_at + piece) % bytes.Length, read + piece);
        }

        return ValueTask.FromResult(read);
    }
}
