namespace NovaDocker.Domain.Common;

/// <summary>
/// A secret as it may lie in the journal: encrypted. Who holds the key can open it; the core only carries it.
/// </summary>
/// <param name="KeyId">Names the key that it was sealed with.</param>
/// <param name="Ciphertext">Nonce, tag and encrypted text, base64.</param>
public sealed record SealedValue(string KeyId, string Ciphertext)
{
    /// <summary>Says that there is a value, not which.</summary>
    public override string ToString() => "(sealed)";
}
