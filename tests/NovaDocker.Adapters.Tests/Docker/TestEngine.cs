using NovaDocker.Actors.Docker;
using NovaDocker.Adapters.Docker;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>The real Engine that tests may use, if there is one.</summary>
internal static class TestEngine
{
    private const string Variable = "NOVADOCKER_TEST_ENGINE";

    /// <summary>Its address; skips the test where there is none.</summary>
    public static Uri AddressOrSkip()
    {
        var address = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(address), $"needs a Docker Engine: set {Variable} (tests/run.sh starts one)");
        Skip.IfNot(TestImages.CanMakeShell, TestImages.NeedOfShell);
        return new Uri(address!);
    }

    /// <summary>An Engine of the adapter's.</summary>
    /// <param name="settings">How it is reached.</param>
    /// <param name="time">The clock of its deadlines; the machine's unless told.</param>
    public static IContainerEngine Open(EngineSettings settings, TimeProvider? time = null) =>
        new DockerContainerEngineFactory(time ?? TimeProvider.System).Open(settings);
}
