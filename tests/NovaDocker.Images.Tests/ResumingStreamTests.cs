using CsCheck;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Testing;

namespace NovaDocker.Images.Tests;

/// <summary>A source that breaks off, and is one stream all the same to whoever reads.</summary>
public sealed class ResumingStreamTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
    private static readonly ResumeSettings NoWait = new()
    {
        MaxAttempts = 3, InitialBackoff = TimeSpan.Zero, MaxBackoff = TimeSpan.Zero,
    };

    /// <summary>How far the source comes each time it is opened, how it ends there, and how much is read at a time.</summary>
    private static readonly Gen<((int Bytes, int Kind)[] Cuts, int Buffer)> AnyCuts = Gen.Select(
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 2]).Array[0, 12], Gen.Int[1, 200]);

    [Fact]
    public async Task Whatever_breaks_off_each_byte_comes_once_and_in_order() => await AnyCuts.SampleAsync(
        async (cuts, buffer) =>
        {
            var (opened, broken) = (new List<long>(), new List<long>());
            await using var stream = new ResumingStream(
                "it", Bytes.Length, (offset, _) => Task.FromResult(Open(offset)),
                NoWait with { MaxAttempts = 20 }, TimeProvider.System, (position, _) => broken.Add(position));

            Assert.Equal(Bytes, await ReadAllAsync(stream, buffer));
            Assert.Equal([0, .. broken], opened);

            Stream Open(long offset)
            {
                var rest = new MemoryStream(Bytes[(int)offset..]);
                opened.Add(offset);
                if (opened.Count > cuts.Length)
                    return rest;
                var (bytes, kind) = cuts[opened.Count - 1];
                return new BrokenStream(rest, bytes, kind switch
                {
                    0 => null,
                    1 => new IOException("connection reset"),
                    _ => new ImageStoreException(FaultCode.TimedOut, "no byte"),
                });
            }
        },
        iter: 2000,
        threads: PoolShare.Sample);

    [Fact]
    public async Task Break_after_the_last_byte_does_not_matter()
    {
        var opened = 0;
        await using var stream = Stream((_, _) =>
        {
            opened++;
            return Task.FromResult<Stream>(new BrokenStream(new MemoryStream(Bytes), Bytes.Length, new IOException("reset")));
        });

        Assert.Equal(Bytes, await ReadAllAsync(stream, 64));
        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task It_is_given_up_after_as_many_breaks_in_a_row_as_are_allowed_and_says_where()
    {
        var opened = 0;
        await using var stream = Stream((offset, _) => Task.FromResult<Stream>(
            new BrokenStream(new MemoryStream(Bytes[(int)offset..]), opened++ == 0 ? 100 : 0, new IOException("connection reset"))));

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => ReadAllAsync(stream, 64));

        Assert.Equal(FaultCode.Transient, error.Code);
        Assert.Contains("connection reset", error.Message, StringComparison.Ordinal);
        Assert.Contains("It broke off 4 times in a row at byte 100 of 1000.", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, opened);
    }

    [Theory]
    [InlineData(FaultCode.Denied)]
    [InlineData(FaultCode.Invalid)]
    public async Task What_does_not_pass_is_not_tried_again(FaultCode code)
    {
        var opened = 0;
        await using var stream = Stream((_, _) =>
        {
            opened++;
            throw new ImageStoreException(code, "no");
        });

        Assert.Equal(code, (await Assert.ThrowsAsync<ImageStoreException>(() => ReadAllAsync(stream, 64))).Code);
        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task Image_that_is_removed_on_the_way_is_told_as_such()
    {
        await using var stream = Stream((offset, _) => offset == 0
            ? Task.FromResult<Stream>(new BrokenStream(new MemoryStream(Bytes), 300, new IOException("reset")))
            : throw new ImageStoreException(FaultCode.NotFound, "404"));

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => ReadAllAsync(stream, 64));

        Assert.Equal(FaultCode.NotFound, error.Code);
        Assert.Equal("The store has image 1 no more, of which 300 of 1000 bytes had come.", error.Message);
    }

    [Fact]
    public async Task Waits_double_up_to_the_longest_and_begin_anew_with_a_byte()
    {
        var time = new NotedTime();
        var opened = 0;
        var settings = new ResumeSettings
        {
            MaxAttempts = 4, InitialBackoff = TimeSpan.FromSeconds(1), MaxBackoff = TimeSpan.FromSeconds(3),
        };
        // Three breaks without a byte, one after a byte, and the rest.
        int[] lengths = [0, 0, 0, 1, Bytes.Length];
        await using var stream = new ResumingStream(
            "image 1", Bytes.Length,
            (offset, _) => Task.FromResult<Stream>(new BrokenStream(
                new MemoryStream(Bytes[(int)offset..]), lengths[opened++], new IOException("reset"))),
            settings, time, (_, _) => { });

        Assert.Equal(Bytes, await ReadAllAsync(stream, 64));

        Assert.Equal([1, 2, 3, 1], time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Wait_is_called_off_with_the_read()
    {
        using var stop = new CancellationTokenSource();
        var broken = new TaskCompletionSource();
        await using var stream = new ResumingStream(
            "image 1", Bytes.Length, (_, _) => throw new ImageStoreException(FaultCode.Unavailable, "away"),
            new ResumeSettings(), new ManualTime(), (_, _) => broken.TrySetResult());
        var reading = stream.ReadAsync(new byte[1], stop.Token).AsTask();
        await broken.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static ResumingStream Stream(Func<long, CancellationToken, Task<Stream>> open) =>
        new("image 1", Bytes.Length, open, NoWait, TimeProvider.System, (_, _) => { });

    private static async Task<byte[]> ReadAllAsync(Stream stream, int buffer)
    {
        var (all, piece) = (new MemoryStream(), new byte[buffer]);
        while (await stream.ReadAsync(piece) is > 0 and var read)
            all.Write(piece, 0, read);
        return all.ToArray();
    }

    /// <summary>A clock by which each wait is over at once, and which keeps how long it was.</summary>
    private sealed class NotedTime : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
