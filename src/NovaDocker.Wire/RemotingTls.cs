using System.Text.Json;

namespace NovaDocker.Wire;

/// <summary>
/// Mutual TLS of the remoting: both sides show a certificate, and each must come from an authority that the other's system
/// trusts.
/// </summary>
/// <param name="CertificateFile">This side's certificate with its key, PKCS#12.</param>
/// <param name="PasswordFile">The file that holds its password; null where it has none.</param>
public sealed record RemotingTls(string CertificateFile, string? PasswordFile)
{
    /// <summary>The scheme of addresses in a system with TLS.</summary>
    public const string Scheme = "akka.ssl.tcp";

    /// <summary>The scheme of addresses in a system without.</summary>
    public const string PlainScheme = "akka.tcp";

    /// <summary>Akka's settings for it, to stand within <c>akka.remote.dot-netty.tcp</c>.</summary>
    /// <exception cref="IOException">The password file cannot be read.</exception>
    public string ToHocon() => $$"""
        enable-ssl = on
        ssl {
          certificate.path = {{Quote(CertificateFile)}}
          certificate.password = {{Quote(PasswordFile is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : "")}}
          require-mutual-authentication = on
          suppress-validation = off
        }
        """;

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
