using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NovaDocker.Domain.Instances;

/// <summary>
/// Public keys of key pairs, one line each as in <c>authorized_keys</c>: type, body, comment. Nothing said of one repeats
/// any of its text but type and comment: somebody may have given something else by mistake.
/// </summary>
public static class PublicKeys
{
    /// <summary>The longest key, bytes: ten times what a key of 16,384 bits takes.</summary>
    public const int MaxBytes = 16 * 1024;

    private const string Expected = "one line such as 'ssh-ed25519 AAAA… name' is expected";

    /// <summary>The types that a server of today takes; ends of a hyphen stand for all that begin so.</summary>
    private static readonly string[] Types = ["ssh-ed25519", "ssh-rsa", "ecdsa-sha2-", "sk-"];

    /// <summary>What is wrong with a public key: the rest of a sentence whose subject is the key. Null where nothing is.</summary>
    public static string? Problem(string key)
    {
        if (key.Contains("PRIVATE KEY", StringComparison.OrdinalIgnoreCase))
            return "holds a private key; give the public one, as a rule the file with .pub at its end.";
        if (Encoding.UTF8.GetByteCount(key) is > MaxBytes and var bytes)
            return $"has {bytes} bytes; at most {MaxBytes} are allowed.";
        if (string.IsNullOrWhiteSpace(key))
            return $"is empty; {Expected}.";
        if (key.AsSpan().IndexOfAny('\r', '\n') >= 0)
            return $"has more than one line; {Expected}.";
        if (key.Any(char.IsControl))
            return $"holds a control character; {Expected}.";

        var (type, body, _) = Split(key);
        if (!Types.Any(known => known.EndsWith('-') ? type.StartsWith(known, StringComparison.Ordinal) : type == known))
            return $"does not begin with a type of key ({string.Join(", ", Types.Select(t => t.EndsWith('-') ? $"{t}*" : t))}); {Expected}.";
        if (BytesOf(body) is not { } blob)
            return $"has no base64 text behind its type; {Expected}.";
        return Encoding.ASCII.GetString(FirstField(blob)) == type
            ? null
            : "has a body that is not of its type; it was cut off or mixed up on its way.";
    }

    /// <summary>What <c>ssh-keygen -l</c> tells of a sound key: <c>SHA256:… comment (ED25519)</c>.</summary>
    public static string Describe(string key)
    {
        var (type, body, comment) = Split(key);
        var hash = BytesOf(body) is { } blob ? Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=') : "?";
        var kind = type.Split('-') switch
        {
            ["sk", "ssh", ..] => "ED25519-SK",
            ["sk", ..] => "ECDSA-SK",
            ["ecdsa", ..] => "ECDSA",
            [_, var name, ..] => name.ToUpperInvariant(),
            _ => type,
        };
        return $"SHA256:{hash} {(comment.Length == 0 ? "no comment" : comment)} ({kind})";
    }

    private static (string Type, string Body, string Comment) Split(string key)
    {
        var words = key.Trim().Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (words[0], words.Length > 1 ? words[1] : "", words.Length > 2 ? words[2] : "");
    }

    private static byte[]? BytesOf(string body)
    {
        var bytes = new byte[body.Length];
        return body.Length > 0 && Convert.TryFromBase64String(body, bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>Bodies begin with the name of their type, and its length before it (RFC 4253, section 6.6).</summary>
    private static ReadOnlySpan<byte> FirstField(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < sizeof(uint))
            return [];
        var length = BinaryPrimitives.ReadUInt32BigEndian(blob);
        return length <= blob.Length - sizeof(uint) ? blob.Slice(sizeof(uint), (int)length) : [];
    }
}
