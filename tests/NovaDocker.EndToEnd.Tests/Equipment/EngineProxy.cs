using System.Net.Sockets;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>Stands between a node and the Engine, on a socket of its own.</summary>
public sealed class EngineProxy : RequestProxy
{
    private readonly DirectoryInfo _directory;

    public EngineProxy(Uri engine)
        : this(engine, Directory.CreateTempSubdirectory("novadocker-e2e-"))
    {
    }

    private EngineProxy(Uri engine, DirectoryInfo directory)
        : base(new UnixDomainSocketEndPoint(SocketIn(directory)), new UnixDomainSocketEndPoint(engine.LocalPath)) =>
        _directory = directory;

    public Uri Address => new($"unix://{SocketIn(_directory)}");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private static string SocketIn(DirectoryInfo directory) => Path.Combine(directory.FullName, "s");
}
