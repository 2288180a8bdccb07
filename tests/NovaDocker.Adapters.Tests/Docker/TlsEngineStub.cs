using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>
/// A TLS port that has an authority of its own, asks for a client certificate and answers everything with a version and
/// the subject of the client. The files a client needs are in <see cref="Files"/>.
/// </summary>
internal sealed class TlsEngineStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _server;
    private readonly Task _accepting;

    /// <param name="serverName">The name in the server's certificate.</param>
    public TlsEngineStub(string serverName)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(NotBefore, NotAfter);
        _server = Issue("CN=server", serverName);

        using var client = Issue("CN=client", "client");
        File.WriteAllText(CaFile, _authority.ExportCertificatePem());
        File.WriteAllText(CertificateFile, client.ExportCertificatePem());
        File.WriteAllText(KeyFile, client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(Pkcs12File, client.Export(X509ContentType.Pkcs12));

        _listener.Start();
        _accepting = AcceptAsync();
    }

    public DirectoryInfo Files { get; } = Directory.CreateTempSubdirectory("novadocker-tls-");

    public string CaFile => Path.Combine(Files.FullName, "ca.pem");

    public string CertificateFile => Path.Combine(Files.FullName, "cert.pem");

    public string KeyFile => Path.Combine(Files.FullName, "key.pem");

    public string Pkcs12File => Path.Combine(Files.FullName, "client.p12");

    public Uri Address => new($"tcp://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    private static DateTimeOffset NotBefore => TimeProvider.System.GetUtcNow().AddDays(-1);

    private static DateTimeOffset NotAfter => TimeProvider.System.GetUtcNow().AddDays(1);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _authority.Dispose();
        _server.Dispose();
        _end.Dispose();
        Files.Delete(recursive: true);
    }

    private X509Certificate2 Issue(string subject, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_authority, NotBefore.AddHours(1), NotAfter.AddHours(-1), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using var socket = connection;
        await using var tls = new SslStream(connection.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = _server,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback =
                        (_, client, _, _) => client is null || client.Issuer == _authority.Subject,
                },
                _end.Token);
            var block = new byte[4096];
            while (await tls.ReadAsync(block, _end.Token) > 0)
            {
                var client = tls.RemoteCertificate?.Subject ?? "nobody";
                var json = $$"""{"Version":"{{client}}","ApiVersion":"1.41","ID":"TLS"}""";
                var answer = $"HTTP/1.1 200 OK\r\nContent-Length: {json.Length}\r\n\r\n{json}";
                await tls.WriteAsync(Encoding.ASCII.GetBytes(answer), _end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or AuthenticationException)
        {
            // The client turned away, or the test has ended.
        }
    }
}
