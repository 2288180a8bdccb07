namespace NovaDocker.Domain.Common;

/// <summary>A Keystone token that came with a request. It is held in memory alone, and prints without its value.</summary>
/// <param name="Value">The token.</param>
public sealed record RequestToken(string Value)
{
    /// <summary>Never the value.</summary>
    public override string ToString() => "(token)";
}
