namespace NovaDocker.Actors.Docker;

/// <summary>How the Engine is reached: <c>novadocker.engine</c> in HOCON.</summary>
public sealed record EngineSettings
{
    /// <summary>The Engine's address: <c>unix:///run/docker.sock</c>, <c>tcp://host:2376</c>.</summary>
    public required Uri Host { get; init; }

    /// <summary>Client certificate and key, a PKCS#12 or PEM file; null where the Engine asks for none.</summary>
    public string? TlsCertificateFile { get; init; }

    /// <summary>Private key, a PEM file; null where the certificate file holds it.</summary>
    public string? TlsKeyFile { get; init; }

    /// <summary>The authority that the Engine's certificate must come from, a PEM file; null for the system's.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>True verifies a TCP Engine's certificate and name.</summary>
    public bool TlsVerify { get; init; } = true;

    /// <summary>Control calls under way at once; more wait their turn.</summary>
    public int MaxControlConnections { get; init; } = 8;

    /// <summary>Long calls (commit, load, save, wait, stop) under way at once.</summary>
    public int MaxLongConnections { get; init; } = 4;

    /// <summary>How long a control call may take before its outcome counts as unknown.</summary>
    public TimeSpan ControlTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a transfer may go without a byte before it counts as stalled.</summary>
    public TimeSpan InactivityTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a connection attempt may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the Engine is asked whether it is there.</summary>
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromSeconds(5);
}
