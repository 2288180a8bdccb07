using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Docker;

/// <summary>TLS towards a TCP Engine, as the settings ask for it.</summary>
internal static class EngineTls
{
    /// <summary>The options of a connection: our certificate, and whom to trust.</summary>
    public static SslClientAuthenticationOptions OptionsFor(EngineSettings settings)
    {
        var options = new SslClientAuthenticationOptions();
        if (settings.TlsCertificateFile is { } certificateFile)
            options.ClientCertificates = [Read(certificateFile, () => ReadCertificate(certificateFile, settings.TlsKeyFile))];

        if (!settings.TlsVerify)
        {
#pragma warning disable CA5359 // The operator has switched verification off by name; the default is on.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
            return options;
        }

        if (settings.TlsCaFile is { } caFile)
        {
            // A chain policy, and no callback: the check of the Engine's name stays the runtime's.
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Read(caFile, () => ReadAuthority(caFile)));
        }

        return options;
    }

    private static X509Certificate2 ReadCertificate(string file, string? keyFile) =>
        X509Certificate2.GetCertContentType(file) == X509ContentType.Pkcs12
            ? X509CertificateLoader.LoadPkcs12FromFile(file, password: null)
            : X509Certificate2.CreateFromPemFile(file, keyFile);

    private static X509Certificate2Collection ReadAuthority(string file)
    {
        var authority = new X509Certificate2Collection();
        authority.ImportFromPemFile(file);
        return authority.Count > 0 ? authority : throw new CryptographicException("The file holds no certificate.");
    }

    private static T Read<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new EngineException(EngineErrorKind.Invalid, $"Read the TLS file {file}: {e.Message}", e);
        }
    }
}
