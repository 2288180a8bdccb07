using NovaDocker.Actors.Docker;
using NovaDocker.Adapters.Tests.Docker.Options;
using NovaDocker.Domain.Common;
using NovaDocker.Testing;

namespace NovaDocker.Adapters.Tests.Docker;

/// <summary>The adapter keeps the contract with a real Engine.</summary>
public sealed partial class DockerContainerEngineTests : ContainerEngineContract
{
    protected override IContainerEngine Open() =>
        TestEngine.Open(new EngineSettings { Host = TestEngine.AddressOrSkip() });

    protected override DockerArchive MakeImage(string tag, IReadOnlyDictionary<string, string> labels) =>
        TestImages.Shell(tag, labels);

    protected override async Task AssertLimitsAsync(IContainerEngine engine, string id, ContainerLimits limits)
    {
        using var look = new EngineLook(TestEngine.AddressOrSkip());
        var host = (await look.ContainerAsync(id))["HostConfig"]!;
        long Shown(string name) => host[name]!.GetValue<long>();
        Assert.Equal(limits, new ContainerLimits(Shown("Memory"), Shown("MemorySwap"), Shown("CpuShares"), Shown("NanoCpus")));
    }

    protected override async Task<EquatableMap<string>?> MountOfAsync(IContainerEngine engine, string volume)
    {
        using var look = new EngineLook(TestEngine.AddressOrSkip());
        return await look.FindVolumeAsync(volume) is { } shown
            ? new EquatableMap<string>(shown["Options"]!.AsObject().Select(o => KeyValuePair.Create(o.Key, o.Value!.GetValue<string>())))
            : null;
    }

    protected override async Task SkipWithoutOverlayAsync()
    {
        using var look = new EngineLook(TestEngine.AddressOrSkip());
        var driver = (await look.InfoAsync())["Driver"]!.GetValue<string>();
        Skip.IfNot(driver == "overlay2", $"needs an Engine with the storage driver overlay2, not {driver}");
    }
}
