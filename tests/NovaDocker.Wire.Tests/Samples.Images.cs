using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Hosts.HostProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>What is said of images that a store with projects and tokens has.</summary>
public static partial class Samples
{
    private static RequestToken KeystoneToken => new("gAAAAABk");

    private static ImageCaller Tenant => new("project-1", KeystoneToken);

    private static IEnumerable<Sample> OnBehalfOfProjects()
    {
        yield return new("list-images-of-project", new ListImages(null, 50) { Caller = Tenant with { Token = null } });
        yield return new("list-images-with-token", new ListImages(null, 50) { Caller = Tenant });
        yield return new(
            "begin-image-upload-with-token", new BeginImageUpload(Image, "cirros", Map(("a", "b"))) { Caller = Tenant });
        yield return new("boot-instance-with-token", BareBoot with { Token = KeystoneToken });
        yield return new("snapshot-with-token", new Snapshot(Instance, Request, Target) { Token = KeystoneToken });
        yield return new("lend-token", new LendToken(Host, Instance, KeystoneToken));
        foreach (var state in Enum.GetValues<ImageState>())
        {
            yield return new($"image-page-{state}", new ImagePage(
                [
                    Described with
                    {
                        State = state,
                        ContainerFormat = "",
                        DiskFormat = "qcow2",
                        MinRamMb = 512,
                        MinDiskGb = 20,
                        Owner = "project-1",
                        Visibility = "shared",
                    },
                ],
                null));
        }
    }

    /// <summary>A boot as its event holds it since images are recorded with what the store said of them.</summary>
    private static Sample BootOfDescribedImage() => new(
        "boot-requested-described",
        new BootRequested(
            Header(InstancePhase.Absent, InstancePhase.Building), Operation, Steps, BareSpec,
            Resolved with { Checksum = "sha512:0123", Properties = Map(("hw_cpu_sockets", "1"), ("os_command_line", "top")) }));
}
