using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Testing;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Actors.Tests.Docker;

/// <summary>What a container is made of where there is no network for it.</summary>
public sealed class OfflineContainerTests : IAsyncDisposable
{
    private readonly FakeContainerEngine _engine = new();

    public async ValueTask DisposeAsync() => await _engine.DisposeAsync();

    [Theory]
    [InlineData(null, true)]
    [InlineData("none", true)]
    [InlineData("bridge", false)]
    public async Task On_an_Engine_of_this_machine_a_container_without_network_is_left_alone_by_it(string? mode, bool isLeftAlone)
    {
        var options = mode is null
            ? ContainerOptions.None
            : ContainerOptions.None.With(OptionKeys.NetworkMode, new OptionValue.Text(mode));
        var blueprint = Sample.BlueprintUnder(ContainerPolicy.Default, isEngineHere: true);

        var spec = await blueprint.MakeAsync(
            Sample.Step(StepKind.CreateContainer) with { Spec = Sample.Spec with { Options = options } }, 1, _engine, CancellationToken.None);

        Assert.Equal(isLeftAlone, spec.IsNetworkDisabled);
        Assert.Equal(
            isLeftAlone ? ["/etc/hosts", "/etc/resolv.conf"] : [],
            spec.Options.Words(OptionKeys.Binds).Select(bind => bind.Split(':')[1]));
    }

    [Fact]
    public async Task A_file_of_name_resolution_gives_way_to_what_the_instance_has_at_its_place()
    {
        var options = ContainerOptions.None.With(OptionKeys.Tmpfs, new OptionValue.Pairs(new EquatableMap<string>(
            [KeyValuePair.Create("/etc/hosts", "")])));
        var blueprint = Sample.BlueprintUnder(ContainerPolicy.Default, isEngineHere: true);

        var spec = await blueprint.MakeAsync(
            Sample.Step(StepKind.CreateContainer) with { Spec = Sample.Spec with { Options = options } }, 1, _engine, CancellationToken.None);

        Assert.Equal(["/etc/resolv.conf"], spec.Options.Words(OptionKeys.Binds).Select(bind => bind.Split(':')[1]));
    }
}
