using System.Security.Cryptography;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using NovaDocker.Testing;

namespace NovaDocker.Images.Tests;

public sealed class StreamTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 10_000).Select(i => (byte)i)];

    public static TheoryData<string> Algorithms => new("md5", "sha1", "sha256", "sha512");

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Right_checksum_is_accepted_in_any_case_of_its_digits(string algorithm)
    {
        await using var lower = new VerifyingStream("it", new MemoryStream(Bytes), $"{algorithm}:{Hash(algorithm)}");
        await using var upper = new VerifyingStream(
            "it", new MemoryStream(Bytes), $"{algorithm}:{Hash(algorithm).ToUpperInvariant()}");

        Assert.Equal(Bytes, await ReadAsync(lower));
        Assert.Equal(Bytes, await ReadAsync(upper));
        lower.Verify();
        upper.Verify();
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Wrong_checksum_is_told_with_both_values(string algorithm)
    {
        await using var stream = new VerifyingStream("image 1", new MemoryStream(Bytes[1..]), $"{algorithm}:{Hash(algorithm)}");
        await ReadAsync(stream);

        var error = Assert.Throws<ImageStoreException>(stream.Verify);

        Assert.Equal(FaultCode.ChecksumMismatch, error.Code);
        Assert.Contains($"promised was {algorithm}:{Hash(algorithm)}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"of image 1 have the checksum {algorithm}:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256")]
    [InlineData("sha256:abc")]
    [InlineData("sha256:zz")]
    [InlineData("sha256:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("crc32:00000000")]
    public void Checksum_that_cannot_be_checked_is_refused_before_a_byte_is_read(string checksum)
    {
        var error = Assert.Throws<ImageStoreException>(() => new VerifyingStream("image 1", Stream.Null, checksum));

        Assert.Equal(FaultCode.Invalid, error.Code);
        Assert.Contains($"'{checksum}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_that_falls_silent_times_out_after_the_limit_and_not_before()
    {
        var time = new ManualTime();
        var silent = new SilentStream(Bytes);
        await using var stream = new InactivityStream("image 1", silent, TimeSpan.FromMinutes(2), time);
        var reading = ReadAsync(stream);
        await silent.Silent;

        time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<ImageStoreException>(() => reading);
        Assert.Equal(FaultCode.TimedOut, error.Code);
        Assert.Contains("gave no byte for 120 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_in_which_nobody_reads_is_not_silence()
    {
        var time = new ManualTime();
        await using var stream = new InactivityStream("image 1", new MemoryStream(Bytes), TimeSpan.FromMinutes(2), time);
        var buffer = new byte[100];
        var total = 0;
        for (int read; (read = await stream.ReadAsync(buffer)) > 0; total += read)
            time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(Bytes.Length, total);
    }

    [Fact]
    public async Task Silent_source_obeys_its_caller_s_cancellation()
    {
        using var stop = new CancellationTokenSource();
        var silent = new SilentStream([]);
        await using var stream = new InactivityStream("image 1", silent, TimeSpan.FromMinutes(2), new ManualTime());
        var reading = stream.ReadAsync(new byte[1], stop.Token).AsTask();
        await silent.Silent;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task Progress_is_told_once_a_mebibyte_and_at_the_end()
    {
        const int Mebibyte = ProgressStream.ReportEvery;
        var progress = new ListProgress();
        await using var stream = new ProgressStream(new SyntheticStream([], (2 * Mebibyte) + 10, []), progress, 77);
        var buffer = new byte[Mebibyte / 4];
        while (await stream.ReadAsync(buffer) > 0)
        {
        }

        Assert.Equal(
            [new(Mebibyte, 77), new(2 * Mebibyte, 77), new((2 * Mebibyte) + 10, 77)], progress.Reports);
    }

    private static string Hash(string algorithm) => Convert.ToHexStringLower(algorithm switch
    {
        "md5" => CryptographicOperations.HashData(HashAlgorithmName.MD5, Bytes),
        "sha1" => CryptographicOperations.HashData(HashAlgorithmName.SHA1, Bytes),
        "sha256" => SHA256.HashData(Bytes),
        _ => SHA512.HashData(Bytes),
    });

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
