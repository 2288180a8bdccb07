using System.Text;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Docker;

/// <summary>Keeps the end of what is written to it, in memory bounded by the limit and one block.</summary>
/// <param name="maxBytes">How many bytes to keep at most.</param>
internal sealed class ConsoleTail(int maxBytes)
{
    private readonly Queue<byte[]> _blocks = new();
    private long _held;
    private bool _dropped;

    /// <summary>Takes a copy of the bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;

        _blocks.Enqueue(bytes.ToArray());
        _held += bytes.Length;
        while (_held - _blocks.Peek().Length >= maxBytes)
        {
            _held -= _blocks.Dequeue().Length;
            _dropped = true;
        }
    }

    /// <summary>The end as text; it does not begin in the middle of a character.</summary>
    public ConsoleText ToText()
    {
        var all = new byte[_held];
        var at = 0;
        foreach (var block in _blocks)
        {
            block.CopyTo(all, at);
            at += block.Length;
        }

        var start = Math.Max(0, all.Length - maxBytes);
        var truncated = _dropped || start > 0;
        if (truncated)
            start = SkipBrokenCharacter(all, start);

        return new ConsoleText(Encoding.UTF8.GetString(all, start, all.Length - start), truncated);
    }

    private static int SkipBrokenCharacter(byte[] all, int start)
    {
        const int LongestRest = 3;
        for (var skipped = 0; skipped < LongestRest && start < all.Length && (all[start] & 0xC0) == 0x80; skipped++)
            start++;

        return start;
    }
}
