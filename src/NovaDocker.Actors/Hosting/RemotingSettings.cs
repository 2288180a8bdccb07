namespace NovaDocker.Actors.Hosting;

/// <summary>Where the node listens: <c>novadocker.remoting</c> in HOCON.</summary>
/// <param name="Hostname">Address or name that it binds to and is reached by.</param>
/// <param name="Port">TCP port; 0 takes any that is free.</param>
/// <param name="Tls">How the connection is secured; null for clear text, which only loopback may have.</param>
public sealed record RemotingSettings(string Hostname, int Port, RemotingTls? Tls);

/// <summary>Mutual TLS of the remoting.</summary>
/// <param name="CertificateFile">This node's certificate with its key, PKCS#12.</param>
/// <param name="PasswordFile">The file that holds its password; null where it has none.</param>
public sealed record RemotingTls(string CertificateFile, string? PasswordFile);
