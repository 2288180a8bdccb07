using System.Security.Cryptography;
using System.Text;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Secrets;

/// <summary>
/// AES-256-GCM under one key of the node's. Instance and name are authenticated with each value, so that a sealed value
/// cannot be moved to another place.
/// </summary>
public sealed class AesSecretBox : ISecretBox
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] _key;
    private readonly string _keyId;

    private AesSecretBox(byte[] key)
    {
        _key = key;
        _keyId = Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 4));
    }

    /// <summary>A box with the key in a file, which is made when missing.</summary>
    /// <exception cref="SecretException">The file cannot be read or written, or holds no key.</exception>
    public static AesSecretBox FromKeyFile(string path)
    {
        try
        {
            if (!File.Exists(path))
                WriteNewKey(path);
            var key = Convert.FromBase64String(File.ReadAllText(path).Trim());
            return key.Length == KeyBytes
                ? new AesSecretBox(key)
                : throw new SecretException($"The key file {path} holds {key.Length} bytes; {KeyBytes} are expected.");
        }
        catch (FormatException e)
        {
            throw new SecretException($"The key file {path} is not base64 text of {KeyBytes} bytes.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretException($"The key file {path} cannot be used: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public SealedValue Seal(InstanceId instance, string name, string value)
    {
        var clear = Encoding.UTF8.GetBytes(value);
        var box = new byte[NonceBytes + TagBytes + clear.Length];
        RandomNumberGenerator.Fill(Nonce(box));
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(Nonce(box), clear, Cipher(box), Tag(box), Context(instance, name));
        return new SealedValue(_keyId, Convert.ToBase64String(box));
    }

    /// <inheritdoc/>
    public string Open(InstanceId instance, string name, SealedValue value)
    {
        if (value.KeyId != _keyId)
        {
            throw new SecretException(
                $"The value of {name} was sealed with key {value.KeyId}; this node has key {_keyId}. Bring the old key file back.");
        }

        try
        {
            var box = Convert.FromBase64String(value.Ciphertext);
            var clear = new byte[Cipher(box).Length];
            using var aes = new AesGcm(_key, TagBytes);
            aes.Decrypt(Nonce(box), Cipher(box), Tag(box), clear, Context(instance, name));
            return Encoding.UTF8.GetString(clear);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            throw new SecretException($"The sealed value of {name} was changed or belongs elsewhere.", e);
        }
    }

    private static void WriteNewKey(string path)
    {
        // Written aside and moved into place, so that a crash never leaves half a key under the name.
        var partial = path + ".partial";
        using (var file = new FileStream(partial, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path);
    }

    private static Span<byte> Nonce(byte[] box) => box.AsSpan(0, NonceBytes);

    private static Span<byte> Tag(byte[] box) => box.AsSpan(NonceBytes, TagBytes);

    private static Span<byte> Cipher(byte[] box) => box.AsSpan(NonceBytes + TagBytes);

    private static byte[] Context(InstanceId instance, string name) => Encoding.UTF8.GetBytes($"{instance}/{name}");
}
