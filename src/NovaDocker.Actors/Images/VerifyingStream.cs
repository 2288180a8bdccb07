using System.Security.Cryptography;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Images;

/// <summary>Computes the checksum of the bytes that go by and compares it, once all have, with the one promised.</summary>
internal sealed class VerifyingStream : ReadThroughStream
{
    private readonly string _subject;
    private readonly string _algorithm;
    private readonly byte[] _expected;
    private readonly IncrementalHash _hash;

    /// <summary>Wraps a stream.</summary>
    /// <param name="subject">What the bytes are, as the beginning of an error message: <c>image … ('name')</c>.</param>
    /// <param name="inner">The bytes.</param>
    /// <param name="checksum"><c>algorithm:hex</c> with <c>md5</c>, <c>sha1</c>, <c>sha256</c> or <c>sha512</c>.</param>
    /// <exception cref="ImageStoreException">Invalid: the checksum is of no known algorithm or has the wrong length.</exception>
    public VerifyingStream(string subject, Stream inner, string checksum)
        : base(inner)
    {
        _subject = subject;
        var parts = checksum.Split(':', 2);
        _algorithm = parts[0];
        HashAlgorithmName? name = _algorithm switch
        {
            "md5" => HashAlgorithmName.MD5,
            "sha1" => HashAlgorithmName.SHA1,
            "sha256" => HashAlgorithmName.SHA256,
            "sha512" => HashAlgorithmName.SHA512,
            _ => null,
        };
        if (name is null || parts.Length != 2)
            throw Unusable(checksum);
        try
        {
            _expected = Convert.FromHexString(parts[1]);
        }
        catch (FormatException)
        {
            throw Unusable(checksum);
        }

        _hash = IncrementalHash.CreateHash(name.Value);
        if (_expected.Length != _hash.HashLengthInBytes)
        {
            _hash.Dispose();
            throw Unusable(checksum);
        }

        ImageStoreException Unusable(string text) => new(
            FaultCode.Invalid,
            $"The checksum '{text}' of {subject} cannot be checked; md5, sha1, sha256 or sha512 is expected, as algorithm:hex.");
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _hash.AppendData(buffer.Span[..read]);
        return read;
    }

    /// <summary>Compares. To be called once, when the stream was read to its end.</summary>
    /// <exception cref="ImageStoreException">ChecksumMismatch: the bytes are not the bytes promised.</exception>
    public void Verify()
    {
        Span<byte> actual = stackalloc byte[_hash.HashLengthInBytes];
        _hash.GetHashAndReset(actual);
        if (!actual.SequenceEqual(_expected))
        {
            throw new ImageStoreException(
                FaultCode.ChecksumMismatch,
                $"The bytes of {_subject} have the checksum {_algorithm}:{Convert.ToHexStringLower(actual)}, " +
                $"promised was {_algorithm}:{Convert.ToHexStringLower(_expected)}.");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
