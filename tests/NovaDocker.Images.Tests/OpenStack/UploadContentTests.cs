using System.Security.Cryptography;
using CsCheck;
using NovaDocker.Actors.Images;
using NovaDocker.Adapters.OpenStack.Glance;
using NovaDocker.Domain.Common;
using NovaDocker.Testing;

namespace NovaDocker.Images.Tests.OpenStack;

/// <summary>An archive on its way out.</summary>
public sealed class UploadContentTests
{
    [Fact]
    public async Task What_is_sent_is_what_was_given_with_its_length_and_checksum() => await Gen.Select(
        Gen.Byte.Array[0, 3000], Gen.Int[1, 500]).SampleAsync(async (bytes, piece) =>
        {
            using var content = new UploadContent("it", new PieceStream(bytes, piece), TimeSpan.FromMinutes(1), new ManualTime());
            Assert.False(content.HasBegun);
            var sink = new MemoryStream();

            await content.CopyToAsync(sink);

            Assert.Equal(bytes, sink.ToArray());
            Assert.Equal((bytes.LongLength, true, null), (content.BytesSent, content.HasBegun, content.SourceError));
            Assert.Equal($"sha512:{Convert.ToHexStringLower(SHA512.HashData(bytes))}", content.Checksum);
        },
        threads: PoolShare.Sample);

    [Fact]
    public async Task Length_is_never_promised()
    {
        using var content = new UploadContent("it", new MemoryStream([1]), TimeSpan.FromMinutes(1), new ManualTime());

        Assert.Null(content.Headers.ContentLength);
        await content.CopyToAsync(Stream.Null);
    }

    [Fact]
    public async Task Source_that_fails_is_told_from_a_store_that_fails()
    {
        var broken = new CountingStream(new MemoryStream([1]), _ => throw new IOException("reset"));
        using var source = new UploadContent("it", broken, TimeSpan.FromMinutes(1), new ManualTime());
        using var store = new UploadContent("it", new MemoryStream([1]), TimeSpan.FromMinutes(1), new ManualTime());

        await Assert.ThrowsAnyAsync<Exception>(() => source.CopyToAsync(new MemoryStream()));
        await Assert.ThrowsAnyAsync<Exception>(() => store.CopyToAsync(new MemoryStream([], writable: false)));

        Assert.Equal("reset", source.SourceError?.Message);
        Assert.Null(store.SourceError);
        Assert.Equal(("", ""), (source.Checksum, store.Checksum));
    }

    [Fact]
    public async Task Store_that_takes_nothing_for_longer_than_the_limit_is_given_up()
    {
        var time = new ManualTime();
        var sink = new StuckSink();
        using var content = new UploadContent("image 1", new MemoryStream([1]), TimeSpan.FromMinutes(2), time);
        var sending = content.CopyToAsync(sink);
        await sink.Stuck;

        time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(sending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => sending);
        Assert.Equal(FaultCode.TimedOut, error.Code);
        Assert.Equal("Glance took no byte of image 1 for 120 s.", error.Message);
    }

    /// <summary>Gives no more than a piece at a time.</summary>
    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }

    /// <summary>Takes nothing until it is called off.</summary>
    private sealed class StuckSink : MemoryStream
    {
        private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stuck => _stuck.Task;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var never = new TaskCompletionSource();
            await using var registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            _stuck.TrySetResult();
            await never.Task;
        }
    }
}
