using NovaDocker.Actors.Docker;

namespace NovaDocker.Adapters.Docker;

/// <summary>
/// Opens Docker Engines. <c>unix://</c> addresses are spoken to over their socket; <c>tcp://</c> and <c>https://</c>
/// always over TLS; plain HTTP over TCP must be asked for by name, as <c>http://</c>.
/// </summary>
/// <param name="time">The clock that deadlines are measured by.</param>
public sealed class DockerContainerEngineFactory(TimeProvider time) : IContainerEngineFactory
{
    /// <inheritdoc/>
    public IContainerEngine Open(EngineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new DockerContainerEngine(settings, time);
    }
}
