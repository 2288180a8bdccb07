using System.Text;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Policy;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Hosts;

/// <summary>The files of a boot are kept once nothing else can refuse it, and nothing of one that is refused.</summary>
public sealed class BootFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly InstanceContents _contents;
    private readonly BootSettler _settler;

    public BootFilesTests()
    {
        _contents = new InstanceContents(_directory.Path);
        _settler = Settler(_contents);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Files_are_kept_and_the_spec_knows_them_by_their_digests()
    {
        var admitted = Assert.IsType<HostProtocol.BootAdmitted>(_settler.WithFiles(Settled(), [File("/etc/motd")]));

        Assert.Equal(("/etc/motd", 2), (Assert.Single(admitted.Spec.Files).Path, admitted.Spec.Files[0].Size));
        Assert.Single(_contents.Binds(Sample.Id, admitted.Spec.Files));
        Assert.Empty(InstanceSpecRules.Problems(admitted.Spec));
    }

    [Fact]
    public void Without_files_nothing_is_kept()
    {
        Assert.Equal(Settled(), _settler.WithFiles(Settled(), []));
        Assert.Equal(Settled(), Settler(null).WithFiles(Settled(), []));
        Assert.Empty(_contents.Kept());
    }

    [Theory]
    [InlineData("etc/motd", "absolute path")]
    [InlineData("/data", "'/data' is the target of a bind or a volume")]
    [InlineData("/scratch", "'/scratch' is the target of a bind or a volume")]
    [InlineData("/run", "'/run' is the target of a bind or a volume")]
    public void What_cannot_be_in_the_container_is_refused_and_nothing_kept(string path, string reason)
    {
        var options = ContainerOptions.None
            .With(OptionKeys.Binds, new OptionValue.Words(["/srv/data:/data:ro"]))
            .With(OptionKeys.Volumes, new OptionValue.Words(["/scratch"]))
            .With(OptionKeys.Tmpfs, new OptionValue.Pairs(new EquatableMap<string>([KeyValuePair.Create("/run", "")])));

        var refused = Assert.IsType<Refused>(_settler.WithFiles(
            Settled() with { Spec = Sample.Spec with { Options = options } }, [File("/etc/motd"), File(path)]));

        Assert.Equal(RefusalCode.InvalidArgument, refused.Code);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.Empty(_contents.Kept());
    }

    [Fact]
    public void Where_the_engine_is_on_another_machine_it_could_bind_none_of_them()
    {
        var refused = Assert.IsType<Refused>(Settler(null).WithFiles(Settled(), [File("/etc/motd")]));

        Assert.Contains("another machine", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_stands_in_the_place_of_ours_of_name_resolution()
    {
        var records = _contents.Keep(Sample.Id, [File("/etc/hosts")]);
        var blueprint = Sample.BlueprintUnder(ContainerPolicy.Default, isEngineHere: true, contents: _contents);
        var step = Sample.Step(StepKind.CreateContainer) with { Spec = Sample.Spec with { Files = records } };

        var made = await blueprint.MakeAsync(step, 4, new NovaDocker.Testing.FakeContainerEngine(), CancellationToken.None);
        var binds = made.Options.Words(OptionKeys.Binds);

        var bind = Assert.Single(binds, bind => bind.Split(':')[1] == "/etc/hosts");
        Assert.True(_contents.Holds(bind));
    }

    private static BootSettler Settler(InstanceContents? contents) =>
        new(ContainerPolicy.Default, new PlainPaths(), new NoSecrets(), injectKeys: true, contents);

    private static HostProtocol.BootAdmitted Settled() => new(Sample.Id, Sample.Image, Sample.Spec);

    private static InstanceFile File(string path) => new(path, Encoding.UTF8.GetBytes("hi"));
}
