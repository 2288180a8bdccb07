using NovaDocker.Actors.Docker;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>The adapter keeps the contract with a real Engine.</summary>
public sealed partial class DockerContainerEngineTests : ContainerEngineContract
{
    protected override IContainerEngine Open() =>
        TestEngine.Open(new EngineSettings { Host = TestEngine.AddressOrSkip() });

    protected override DockerArchive MakeImage(string tag, IReadOnlyDictionary<string, string> labels) =>
        TestImages.Shell(tag, labels);
}
