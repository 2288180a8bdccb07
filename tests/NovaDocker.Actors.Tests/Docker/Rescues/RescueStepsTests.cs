using System.Collections.Immutable;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Docker.Rescues;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Testing;

namespace NovaDocker.Actors.Tests.Docker.Rescues;

/// <summary>The steps of rescue containers over a fake Engine that fails at every call in every way.</summary>
public sealed class RescueStepsTests : IAsyncDisposable
{
    private static readonly string Name = $"nova-{Sample.Id}-rescue";

    private readonly FakeContainerEngine _engine = new();
    private readonly string _rescueImage;
    private ContainerSteps _steps;

    public RescueStepsTests()
    {
        _engine.AddImage(Sample.Archive with { Tags = [ImageTags.ForImage(Sample.Image.Id)] });
        _rescueImage = _engine.AddImage(
            TestImages.OneFile("rescue:1", new Dictionary<string, string>(), "rescue") with { Tags = [ImageTags.ForImage(Sample.RescueImage.Id)] });
        _steps = new ContainerSteps(_engine, Sample.Identity, Sample.Settings, Sample.LocalBlueprint());
    }

    public static TheoryData<StepKind, EngineCall, EngineErrorKind, bool> Faults()
    {
        var data = new TheoryData<StepKind, EngineCall, EngineErrorKind, bool>();
        foreach (var (step, call) in new[]
        {
            (StepKind.StartRescue, EngineCall.ListContainers), (StepKind.StartRescue, EngineCall.FindContainer),
            (StepKind.StartRescue, EngineCall.RemoveVolume), (StepKind.StartRescue, EngineCall.CreateVolume),
            (StepKind.StartRescue, EngineCall.CreateContainer), (StepKind.StartRescue, EngineCall.StartContainer),
            (StepKind.RemoveRescue, EngineCall.ListContainers), (StepKind.RemoveRescue, EngineCall.RemoveContainer),
            (StepKind.RemoveRescue, EngineCall.RemoveVolume),
        })
        {
            foreach (var kind in Enum.GetValues<EngineErrorKind>())
            {
                data.Add(step, call, kind, false);
                data.Add(step, call, kind, true);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_fails_the_step_succeeds_when_repeated_and_does_nothing_twice(
        StepKind kind, EngineCall call, EngineErrorKind error, bool isAnswerLost)
    {
        var step = await PrepareAsync();
        if (kind == StepKind.RemoveRescue)
            await RunAsync(step);
        if (isAnswerLost)
            _engine.Faults.FailAfter(call, error);
        else
            _engine.Faults.FailBefore(call, error);

        await RunAsync(step with { Step = kind });
        var repeated = await RunAsync(step with { Step = kind });

        Assert.Null(repeated.Fault);
        if (kind == StepKind.RemoveRescue)
        {
            Assert.Equal(step.ContainerId, Assert.Single(_engine.Containers).Id);
            Assert.Empty(_engine.Volumes);
            return;
        }

        var rescue = Assert.Single(Rescues());
        Assert.True(rescue.IsRunning);
        Assert.Equal(rescue.Id, ((StepResult.ContainerCreated)repeated.Result!).ContainerId);
        Assert.Single(_engine.Volumes);
    }

    [Fact]
    public async Task It_has_the_instances_size_and_file_system_and_a_terminal()
    {
        var step = await PrepareAsync();

        var made = Assert.IsType<StepResult.ContainerCreated>((await RunAsync(step)).Result);

        var spec = _engine.SpecOf(made.ContainerId);
        Assert.Equal((Name, _rescueImage, "web-1", "none"), (spec.Name, spec.Image, spec.Hostname, spec.NetworkMode));
        Assert.Equal((256L << 20, 2 * 1024, 2_000_000_000), (spec.MemoryBytes, spec.CpuShares, spec.NanoCpus));
        Assert.Equal(new VolumeMount(Name, "/mnt/rescue"), spec.Volume);
        Assert.True(spec.Options.IsOn(OptionKeys.Tty));
        Assert.True(spec.Options.IsOn(OptionKeys.OpenStdin));
        var layers = (await _engine.FindContainerAsync(step.ContainerId!, CancellationToken.None))!.Overlay!;
        Assert.Equal(
            $"lowerdir={layers.Lower},upperdir={layers.Upper},workdir={layers.Work}", _engine.Volumes[Name].DriverOptions["o"]);
        Assert.Equal(Sample.Id, Labels.RescueOf(_engine.Volumes[Name].Labels));
    }

    [Fact]
    public async Task It_is_in_the_network_of_an_instance_with_ports()
    {
        var step = await PrepareAsync();
        var sandbox = await CreateAsync("sandbox", Labels.OfSandbox(Sample.Identity, Sample.Id));
        await _engine.StartContainerAsync(sandbox, CancellationToken.None);
        step = step with { Spec = step.Spec with { Vifs = [Ports.Vif()] }, SandboxId = sandbox };

        var made = Assert.IsType<StepResult.ContainerCreated>((await RunAsync(step)).Result);

        Assert.Equal($"container:{sandbox}", _engine.SpecOf(made.ContainerId).NetworkMode);
    }

    [Fact]
    public async Task It_is_no_container_of_the_instances_even_where_its_image_is_a_snapshot_of_one()
    {
        var labels = Labels.ForContainer(Sample.Identity, Sample.Id, Sample.Spec)
            .ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);
        labels[Labels.Sandbox] = Sample.Id.ToString();
        var snapshot = _engine.AddImage(TestImages.OneFile("snapshot:1", labels, "snapshot"));
        var step = await PrepareAsync();
        step = step with { Rescue = step.Rescue! with { EngineImageId = snapshot } };

        var made = Assert.IsType<StepResult.ContainerCreated>((await RunAsync(step)).Result);

        var carried = _engine.SpecOf(made.ContainerId).Labels;
        Assert.Equal((null, null, Sample.Id), (Labels.InstanceOf(carried), Labels.SandboxOf(carried), Labels.RescueOf(carried)));
        var own = await _engine.ListContainersAsync(Labels.OfInstance(Sample.Identity, Sample.Id), CancellationToken.None);
        Assert.Equal(step.ContainerId, Assert.Single(own).Id);
    }

    [Fact]
    public async Task One_that_is_there_is_adopted_and_started_where_it_has_ended()
    {
        var step = await PrepareAsync();
        var first = Assert.IsType<StepResult.ContainerCreated>((await RunAsync(step)).Result);
        Assert.Equal(first with { Adopted = true }, (await RunAsync(step)).Result);
        var starts = _engine.CountOf(EngineCall.StartContainer);
        _engine.Exit(first.ContainerId, 0);

        Assert.Equal(first with { Adopted = true }, (await RunAsync(step)).Result);

        Assert.Equal(starts + 1, _engine.CountOf(EngineCall.StartContainer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_an_earlier_rescue_left_goes_with_its_volume(bool isOfAnotherImage)
    {
        var step = await PrepareAsync();
        var old = Assert.IsType<StepResult.ContainerCreated>((await RunAsync(step)).Result);
        var oldOptions = _engine.Volumes[Name].DriverOptions;
        if (isOfAnotherImage)
            step = step with { Rescue = step.Rescue! with { EngineImageId = Sample.Archive.Id } };
        else
            step = await RebuiltAsync(step);

        var made = Assert.IsType<StepResult.ContainerCreated>((await RunAsync(step)).Result);

        Assert.NotEqual(old.ContainerId, made.ContainerId);
        Assert.Equal(made.ContainerId, Assert.Single(Rescues()).Id);
        Assert.Equal(isOfAnotherImage, oldOptions.Equals(_engine.Volumes[Name].DriverOptions));
    }

    [Fact]
    public async Task A_volume_that_was_left_alone_is_not_mounted()
    {
        var step = await PrepareAsync();
        var stale = RescueBlueprint.VolumeOf(Sample.Id, Sample.Identity, new OverlayLayers("/old", "/old/upper", "/old/work"));
        await _engine.CreateVolumeAsync(stale, CancellationToken.None);

        await RunAsync(step);

        Assert.NotEqual(stale.DriverOptions, _engine.Volumes[Name].DriverOptions);
    }

    [Fact]
    public async Task A_name_that_is_taken_by_what_cannot_be_seen_yet_is_tried_again()
    {
        var step = await PrepareAsync();
        await CreateAsync(Name, ImmutableSortedDictionary<string, string>.Empty);

        Assert.Equal(FaultCode.Transient, (await RunAsync(step)).Fault!.Code);
    }

    [Fact]
    public async Task What_is_not_ours_is_neither_adopted_nor_removed()
    {
        var step = await PrepareAsync();
        var foreign = await CreateAsync("foreign", Labels.OfRescue(Sample.Identity with { Id = new HostId("host-2") }, Sample.Id));
        // The image of another instance pretends to be this one's rescue container.
        var pretender = await CreateAsync(
            "pretender", Labels.OfInstance(Sample.Identity, Sample.NewId()).Add(Labels.Rescue, Sample.Id.ToString()));

        var made = Assert.IsType<StepResult.ContainerCreated>((await RunAsync(step)).Result);
        await RunAsync(step with { Step = StepKind.RemoveRescue });

        Assert.False(made.Adopted);
        Assert.Equal(new[] { foreign, pretender, step.ContainerId! }.Order(), _engine.Containers.Select(c => c.Id).Order());
    }

    [Fact]
    public async Task An_image_whose_command_ends_is_no_rescue_image()
    {
        var step = await PrepareAsync();
        _engine.Programs = _ => new FakeProgram(ExitCode: 3);

        var failed = (await RunAsync(step)).Fault!;

        Assert.Equal(FaultCode.Invalid, failed.Code);
        Assert.Contains("exit code 3", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_engine_keeps_file_systems_otherwise_or_elsewhere_the_step_says_so_and_makes_nothing()
    {
        var step = await PrepareAsync();
        _engine.HasOverlay = false;
        Assert.Contains("overlay2", (await RunAsync(step)).Fault!.Message, StringComparison.Ordinal);
        _engine.HasOverlay = true;
        _steps = new ContainerSteps(_engine, Sample.Identity, Sample.Settings, Sample.Blueprint());
        Assert.Equal(FaultCode.Invalid, (await RunAsync(step)).Fault!.Code);

        Assert.Empty(_engine.Volumes);
        Assert.Empty(Rescues());
    }

    [Fact]
    public async Task An_image_of_too_many_layers_is_named_with_what_a_mount_takes()
    {
        var step = await PrepareAsync();
        _engine.LowerDirectories = string.Join(':', Enumerable.Repeat("/var/lib/docker/overlay2/l/ABCDEFGHIJKLMNOPQRSTUVWXYZ", 100));

        var failed = (await RunAsync(step)).Fault!;

        Assert.Equal(FaultCode.Invalid, failed.Code);
        Assert.Contains("4095", failed.Message, StringComparison.Ordinal);
        Assert.Empty(_engine.Volumes);
    }

    [Fact]
    public async Task A_container_that_is_gone_has_no_file_system()
    {
        var step = await PrepareAsync();
        await _engine.RemoveContainerAsync(step.ContainerId!, CancellationToken.None);

        Assert.Equal(FaultCode.Invalid, (await RunAsync(step)).Fault!.Code);
    }

    [Fact]
    public async Task An_image_that_has_gone_is_not_found_so_that_it_can_be_brought_again()
    {
        var step = await PrepareAsync();
        await _engine.RemoveImageAsync(ImageTags.ForImage(Sample.RescueImage.Id), CancellationToken.None);

        Assert.Equal(FaultCode.NotFound, (await RunAsync(step)).Fault!.Code);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private IEnumerable<ContainerSnapshot> Rescues() =>
        _engine.Containers.Where(container => Labels.RescueOf(container.Labels) == Sample.Id);

    /// <summary>An instance whose container has ended, and the step that is due.</summary>
    private async Task<HostProtocol.RunStep> PrepareAsync()
    {
        var made = Assert.IsType<StepResult.ContainerCreated>((await RunAsync(Sample.Step(StepKind.CreateContainer))).Result);
        return Sample.Step(StepKind.StartRescue, container: made.ContainerId) with
        {
            Rescue = new RescueFacts(Sample.RescueImage, _rescueImage, null),
        };
    }

    private async Task<HostProtocol.RunStep> RebuiltAsync(HostProtocol.RunStep step)
    {
        await _engine.RemoveContainerAsync(step.ContainerId!, CancellationToken.None);
        var made = Assert.IsType<StepResult.ContainerCreated>((await RunAsync(Sample.Step(StepKind.CreateContainer))).Result);
        return step with { ContainerId = made.ContainerId };
    }

    private Task<StepFinished> RunAsync(HostProtocol.RunStep step) => StepRunner.RunAsync(
        step, TimeSpan.FromSeconds(10), token => _steps.RunAsync(step, 4, token), CancellationToken.None);

    private Task<string> CreateAsync(string name, ImmutableSortedDictionary<string, string> labels) =>
        _engine.CreateContainerAsync(
            new ContainerSpec
            {
                Name = name,
                Image = ImageTags.ForImage(Sample.Image.Id),
                Hostname = "foreign",
                Labels = labels,
                MemoryBytes = 1 << 30,
                CpuShares = 1024,
                NanoCpus = 0,
                NetworkMode = "none",
            },
            CancellationToken.None);
}
