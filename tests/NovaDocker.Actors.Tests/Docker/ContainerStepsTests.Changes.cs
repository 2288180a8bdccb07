using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Actors.Tests.Docker;

/// <content>Limits that change, and how long a stop waits.</content>
public sealed partial class ContainerStepsTests
{
    [Fact]
    public async Task A_container_gets_the_limits_of_the_size_that_the_step_names()
    {
        var step = await PrepareAsync(StepKind.UpdateContainer);

        Assert.Null((await RunAsync(step with { Spec = Sample.Spec with { MemoryMb = 512, Vcpus = 3 } })).Fault);

        var spec = _engine.SpecOf(step.ContainerId!);
        Assert.Equal((512L << 20, 3 * 1024, 3_000_000_000), (spec.MemoryBytes, spec.CpuShares, spec.NanoCpus));
        Assert.Equal(ContainerStatus.Running, Assert.Single(_engine.Containers).Status);
    }

    [Theory]
    [InlineData(null, null, null, 256, 256, 2048)]
    [InlineData(100L, null, null, 100, 100, 2048)]
    [InlineData(1000L, null, null, 256, 256, 2048)]
    [InlineData(null, 300L, null, 256, 300, 2048)]
    [InlineData(null, 100L, null, 256, 256, 2048)]
    [InlineData(null, -1L, 7L, 256, -1, 7)]
    public void Limits_are_those_of_the_size_and_what_the_options_have_less_of(
        long? memory, long? swap, long? shares, long memoryMb, long swapMb, long cpuShares)
    {
        var options = ContainerOptions.None;
        if (memory is { } own)
            options = options.With(OptionKeys.Memory, new OptionValue.Number(own << 20));
        if (swap is { } both)
            options = options.With(OptionKeys.MemorySwap, new OptionValue.Number(both < 0 ? both : both << 20));
        if (shares is { } weight)
            options = options.With(OptionKeys.CpuShares, new OptionValue.Number(weight));

        var limits = ContainerLimits.Of(Sample.Spec with { Options = options }, processors: 4);

        Assert.Equal(
            new ContainerLimits(memoryMb << 20, swapMb < 0 ? swapMb : swapMb << 20, cpuShares, 2_000_000_000), limits);
    }

    [Fact]
    public void More_processors_than_the_machine_has_are_no_limit() =>
        Assert.Equal(1_000_000_000, ContainerLimits.Of(Sample.Spec with { Vcpus = 8 }, processors: 1).NanoCpus);

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    public async Task A_stop_waits_as_long_as_who_asked_for_it_said(int seconds)
    {
        var step = await PrepareAsync(StepKind.StopContainer);

        await RunAsync(step with { Terms = new OperationTerms { Grace = TimeSpan.FromSeconds(seconds) } });

        Assert.Equal(TimeSpan.FromSeconds(seconds), _engine.LastStopGrace);
    }

    [Fact]
    public async Task A_stop_of_which_nobody_said_that_waits_as_long_as_the_host_does()
    {
        await RunAsync(await PrepareAsync(StepKind.StopContainer));

        Assert.Equal(Sample.Settings.StopGrace, _engine.LastStopGrace);
    }

    [Fact]
    public async Task Files_that_came_with_a_boot_are_bound_and_go_with_a_deletion_alone()
    {
        using var directory = new TemporaryDirectory();
        var contents = new InstanceContents(directory.Path);
        var steps = new ContainerSteps(
            _engine, Sample.Identity, Sample.Settings,
            Sample.BlueprintUnder(NovaDocker.UserData.Policy.ContainerPolicy.Default, contents: contents));
        var records = contents.Keep(Sample.Id, [new InstanceFile("/etc/motd", new byte[] { 1 })]);
        var create = Sample.Step(StepKind.CreateContainer) with { Spec = Sample.Spec with { Files = records } };

        await steps.RunAsync(create, 4, CancellationToken.None);
        var bind = Assert.Single(Assert.Single(_engine.Containers).Binds);
        Assert.EndsWith(":/etc/motd:ro", bind, StringComparison.Ordinal);
        Assert.Equal(new byte[] { 1 }, await File.ReadAllBytesAsync(bind.Split(':')[0]));

        await steps.RunAsync(create with { Step = StepKind.RemoveContainer }, 4, CancellationToken.None);
        Assert.True(File.Exists(bind.Split(':')[0]));
        await steps.RunAsync(create with { Step = StepKind.RemoveContainer, IsOfDeletion = true }, 4, CancellationToken.None);
        Assert.Empty(contents.Kept());
    }
}
