using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.Testing;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Actors.Tests.Docker;

/// <summary>Of what a container is made: what the journal says, as far as this host and its policy of the day let it.</summary>
public sealed class ContainerBlueprintTests : IAsyncDisposable
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx demo@example";

    private static readonly ContainerPolicy Shared = ContainerPolicy.Default with
    {
        HostPaths = [new HostPathRule("/srv/shared", ReadOnly: false, Create: false)],
    };

    private readonly FakeContainerEngine _engine = new();

    public ContainerBlueprintTests() =>
        _engine.AddImage(Sample.Archive with { Tags = [NovaDocker.Actors.Images.ImageTags.ForImage(Sample.Image.Id)] });

    public async ValueTask DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task Options_come_out_as_they_were_settled()
    {
        var options = ContainerOptions.None
            .With(OptionKeys.ShmSize, new OptionValue.Number(1 << 20))
            .With(OptionKeys.User, new OptionValue.Text("1000"));

        var made = await MakeAsync(Sample.Spec with { Options = options });

        Assert.Equal(options, made.Options);
    }

    [Fact]
    public async Task Options_of_the_log_are_opened()
    {
        var options = ContainerOptions.None.With(OptionKeys.SealedLogOptions, new OptionValue.SealedPairs(
            new EquatableMap<SealedValue>(
                [KeyValuePair.Create("splunk-token", new NoSecrets().Seal(Sample.Id, "splunk-token", "s3cret"))])));

        Assert.Equal("s3cret", (await MakeAsync(Sample.Spec with { Options = options })).LogOptions["splunk-token"]);
    }

    [Fact]
    public async Task A_path_of_the_host_is_resolved_when_the_container_is_made()
    {
        var paths = new PlainPaths { Links = { ["/srv/shared/link"] = "/srv/shared/there" } };

        var made = await MakeAsync(Bound("/srv/shared/link:/data:rw"), Sample.BlueprintUnder(Shared, paths));

        Assert.Equal(["/srv/shared/there:/data:rw"], made.Options.Words(OptionKeys.Binds));
    }

    [Fact]
    public async Task A_link_that_leads_out_of_what_is_allowed_since_the_boot_is_refused()
    {
        var paths = new PlainPaths { Links = { ["/srv/shared/link"] = "/etc" } };

        var refused = await Assert.ThrowsAsync<EngineException>(
            () => MakeAsync(Bound("/srv/shared/link:/data:rw"), Sample.BlueprintUnder(Shared, paths)));

        Assert.Equal(EngineErrorKind.Invalid, refused.Kind);
        Assert.Contains("/srv/shared/link", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_was_made_stricter_since_the_boot_holds()
    {
        var refused = await Assert.ThrowsAsync<EngineException>(
            () => MakeAsync(Bound("/srv/shared/data:/data:rw"), Sample.BlueprintUnder(ContainerPolicy.Default)));

        Assert.Equal(EngineErrorKind.Invalid, refused.Kind);
        Assert.Contains("novadocker.policy.host-paths", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_is_missing_is_made_where_the_policy_says_so()
    {
        var paths = new PlainPaths { Missing = { "/srv/shared/new" } };
        var creating = Shared with { HostPaths = [new HostPathRule("/srv/shared", ReadOnly: false, Create: true)] };

        await Assert.ThrowsAsync<EngineException>(
            () => MakeAsync(Bound("/srv/shared/new:/data:rw"), Sample.BlueprintUnder(Shared, paths)));
        await MakeAsync(Bound("/srv/shared/new:/data:rw"), Sample.BlueprintUnder(creating, paths));

        Assert.Empty(paths.Missing);
    }

    [Fact]
    public async Task A_link_that_came_into_the_way_since_keeps_the_container_from_starting()
    {
        var paths = new PlainPaths();
        var policy = ContainerPolicy.Default with { HostPaths = [new HostPathRule("/tmp", ReadOnly: false, Create: false)] };
        var steps = new ContainerSteps(_engine, Sample.Identity, Sample.Settings, Sample.BlueprintUnder(policy, paths));
        var spec = Bound("/tmp:/data:rw") with { PublicKey = Key };
        await steps.RunAsync(Sample.Step(StepKind.CreateContainer) with { Spec = spec }, 4, CancellationToken.None);
        paths.Links["/tmp"] = "/etc";

        var refused = await Assert.ThrowsAsync<EngineException>(
            () => steps.RunAsync(Sample.Step(StepKind.StartContainer) with { Spec = spec }, 4, CancellationToken.None));

        Assert.Equal(EngineErrorKind.Invalid, refused.Kind);
        Assert.Equal(0, _engine.CountOf(EngineCall.StartContainer));
        paths.Links.Clear();
        await steps.RunAsync(Sample.Step(StepKind.StartContainer) with { Spec = spec }, 4, CancellationToken.None);
        Assert.Equal(1, _engine.CountOf(EngineCall.StartContainer));
    }

    [Fact]
    public async Task A_device_is_given_by_what_its_path_leads_to()
    {
        var paths = new PlainPaths { Links = { ["/dev/by-name/fuse"] = "/dev/fuse" } };
        var policy = ContainerPolicy.Default with { Devices = [new DeviceRule("/dev/fuse", "rw")] };
        var device = Referring(OptionKeys.Devices, "/dev/by-name/fuse:/dev/fuse:rw");

        var made = await MakeAsync(device, Sample.BlueprintUnder(policy, paths));

        Assert.Equal(["/dev/fuse:/dev/fuse:rw"], made.Options.Words(OptionKeys.Devices));
        await Assert.ThrowsAsync<EngineException>(() => MakeAsync(device));
    }

    [Fact]
    public async Task A_key_is_bound_read_only_and_goes_when_the_container_has_gone()
    {
        var spec = Sample.Spec with { PublicKey = Key };

        var bind = Assert.Single((await MakeAsync(spec)).Options.Words(OptionKeys.Binds));

        Assert.EndsWith(":/root/.ssh:ro", bind, StringComparison.Ordinal);
        var file = Path.Combine(bind.Split(':')[0], "authorized_keys");
        Assert.Equal(Key + "\n", File.ReadAllText(file));
        var steps = new ContainerSteps(_engine, Sample.Identity, Sample.Settings, Sample.Blueprint());
        await steps.RunAsync(Sample.Step(StepKind.RemoveContainer) with { Spec = spec }, 4, CancellationToken.None);
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("link", "db")]
    [InlineData("volumes-from", "ro")]
    public async Task Another_instance_is_given_by_its_container(string option, string tail)
    {
        var other = Sample.NewId();
        var steps = new ContainerSteps(_engine, Sample.Identity, Sample.Settings, Sample.Blueprint());
        await steps.RunAsync(Sample.Step(StepKind.CreateContainer, 1, other), 4, CancellationToken.None);
        var key = new OptionKey<OptionValue.Words>(option);

        var made = await MakeAsync(Referring(key, $"{other}:{tail}"));

        Assert.Equal([$"nova-{other}:{tail}"], made.Options.Words(key));
    }

    [Fact]
    public async Task Another_instance_without_a_container_is_named()
    {
        var other = Sample.NewId();

        var refused = await Assert.ThrowsAsync<EngineException>(() => MakeAsync(Referring(OptionKeys.VolumesFrom, $"{other}:rw")));

        Assert.Equal(EngineErrorKind.Invalid, refused.Kind);
        Assert.Contains(other.ToString(), refused.Message, StringComparison.Ordinal);
    }

    private static InstanceSpec Bound(string bind) => Referring(OptionKeys.Binds, bind);

    private static InstanceSpec Referring(OptionKey<OptionValue.Words> key, string word) =>
        Sample.Spec with { Options = ContainerOptions.None.With(key, new OptionValue.Words([word])) };

    private Task<ContainerSpec> MakeAsync(InstanceSpec spec, ContainerBlueprint? blueprint = null) =>
        (blueprint ?? Sample.Blueprint()).MakeAsync(
            Sample.Step(StepKind.CreateContainer) with { Spec = spec }, 4, _engine, CancellationToken.None);
}
