using Akka.TestKit;
using Akka.TestKit.Xunit2;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Networks;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.UserData.Policy;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Hosts;

/// <summary>What a host answers to a boot or a rebuild; the test is its images and its networks.</summary>
public sealed class BootAdmissionSpecs : TestKit
{
    private static readonly HostCapacity Capacity = new(MemoryMb: 4096, Vcpus: 16, Processors: 4);

    private static readonly ImageDescription Image = new(
        Sample.Image.Id, Sample.Image.Name, "sha256:00", 1, DateTimeOffset.UnixEpoch, EquatableMap<string>.Empty);

    private readonly TemporaryDirectory _directory = new();
    private readonly InstanceContents _contents;
    private readonly TestProbe _images;
    private readonly TestProbe _networks;
    private readonly BootAdmission _admission;

    public BootAdmissionSpecs(ITestOutputHelper output)
        : base(TestSystem.Config, "admission", output)
    {
        _contents = new InstanceContents(_directory.Path);
        _images = CreateTestProbe("images");
        _networks = CreateTestProbe("networks");
        _admission = new BootAdmission(
            _images, _networks, new BootSettler(ContainerPolicy.Default, new PlainPaths(), new NoSecrets(), injectKeys: true, _contents));
    }

    [Fact]
    public async Task The_ports_that_a_rebuild_keeps_are_settled_by_nobody()
    {
        var admitting = _admission.AdmitAsync(Admit() with { KeptVifs = [Ports.Vif(1), Ports.Vif(2)] }, Capacity);
        await AnswerImageAsync();

        var admitted = Assert.IsType<HostProtocol.BootAdmitted>(await admitting);

        Assert.Equal([Ports.Vif(1), Ports.Vif(2)], admitted.Spec.Vifs);
        await _networks.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Files_are_kept_last()
    {
        var admitting = _admission.AdmitAsync(WithFile(Admit(nics: ["net=blue"])), Capacity);
        await AnswerImageAsync();
        await _networks.ExpectMsgAsync<AdmitPorts>();
        Assert.Empty(_contents.Kept());
        _networks.Reply(new PortsAdmitted([Ports.Vif(1)]));

        var admitted = Assert.IsType<HostProtocol.BootAdmitted>(await admitting);

        Assert.Equal((1, 1), (admitted.Spec.Files.Count, admitted.Spec.Vifs.Count));
        Assert.Equal(Sample.Id, Assert.Single(_contents.Kept()).Owner);
    }

    [Fact]
    public async Task Of_a_boot_that_is_refused_for_its_ports_no_file_is_kept()
    {
        var admitting = _admission.AdmitAsync(WithFile(Admit(nics: ["net=blue"])), Capacity);
        await AnswerImageAsync();
        await _networks.ExpectMsgAsync<AdmitPorts>();
        _networks.Reply(new Refused(Sample.Id, RefusalCode.InvalidArgument, "No address is left."));

        Assert.IsType<Refused>(await admitting);

        Assert.Empty(_contents.Kept());
    }

    [Fact]
    public async Task Of_a_boot_whose_image_is_nowhere_no_file_is_kept()
    {
        var admitting = _admission.AdmitAsync(WithFile(Admit()), Capacity);
        await _images.ExpectMsgAsync<ResolveImage>();
        _images.Reply(new Refused(Sample.Id, RefusalCode.ImageNotFound, "No such image."));

        Assert.IsType<Refused>(await admitting);

        Assert.Empty(_contents.Kept());
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _directory.Dispose();
    }

    private async Task AnswerImageAsync()
    {
        await _images.ExpectMsgAsync<ResolveImage>();
        _images.Reply(Image);
    }

    private static HostProtocol.AdmitBoot Admit(params string[] nics) => new(
        Sample.Host, Sample.Wanted(Sample.Id) with { Nics = nics.Select(Ports.Nic).ToEquatableArray() });

    private static HostProtocol.AdmitBoot WithFile(HostProtocol.AdmitBoot admit) =>
        admit with { Boot = admit.Boot with { Files = [new InstanceFile("/etc/motd", new byte[] { 1 })] } };
}
