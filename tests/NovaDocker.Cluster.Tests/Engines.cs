using NovaDocker.Actors.Docker;
using NovaDocker.Testing;

namespace NovaDocker.Cluster.Tests;

/// <summary>What befalls an Engine as a whole.</summary>
internal static class Engines
{
    private const int ForEver = 10_000;

    /// <summary>Lets every call fail as where nobody listens, until the faults are cleared.</summary>
    public static void GoAway(this FakeContainerEngine engine)
    {
        foreach (var call in Enum.GetValues<EngineCall>())
            engine.Faults.FailBefore(call, EngineErrorKind.Unavailable, ForEver);
    }
}
