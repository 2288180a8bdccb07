using NovaDocker.Actors.Docker;
using NovaDocker.Adapters.Docker;

namespace NovaDocker.Images.Tests;

/// <summary>The real Engine that tests may use, if there is one.</summary>
internal static class RealEngine
{
    /// <summary>The collection of its tests: they count its images, so no two of them run at once.</summary>
    public const string Tests = "The real Engine";

    private const string Variable = "NOVADOCKER_TEST_ENGINE";

    /// <summary>Opens it; skips the test where there is none.</summary>
    public static IContainerEngine OpenOrSkip()
    {
        var address = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(address), $"needs a Docker Engine: set {Variable} (tests/run.sh starts one)");
        return new DockerContainerEngineFactory(TimeProvider.System).Open(new EngineSettings { Host = new Uri(address!) });
    }

    /// <summary>The ids of all its images, those without a tag as well.</summary>
    public static async Task<HashSet<string>> ImagesAsync(IContainerEngine engine) =>
        [.. (await engine.ListImagesAsync(new Dictionary<string, string>(), default)).Select(image => image.Id)];
}
