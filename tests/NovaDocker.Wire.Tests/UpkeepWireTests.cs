using Google.Protobuf;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>What keeps an instance up: what is left out means the default, what is wrong is refused, and events stay small.</summary>
public sealed class UpkeepWireTests
{
    private const string BootManifest = "instance.boot-requested.v1";

    // A container that crashes for ever writes one of these a minute, and four small ones beside it.
    private const int MaxRestartBytes = 256;

    [Fact]
    public void A_restart_is_a_small_event() => Assert.All(
        Samples.All.Where(sample => sample.Message is RestartRequested),
        sample => Assert.InRange(WireTable.Current.Encode(sample.Message).Length, 1, MaxRestartBytes));

    [Fact]
    public void An_end_with_all_its_output_fits_into_a_small_event()
    {
        var exited = (ContainerExited)Samples.Named("container-exited-with-output").Message;
        var full = exited with { Exit = exited.Exit with { Output = new string('x', ContainerExit.MaxOutputBytes) } };

        Assert.InRange(WireTable.Current.Encode(full).Length, ContainerExit.MaxOutputBytes, ContainerExit.MaxOutputBytes + 256);
    }

    [Fact]
    public void No_upkeep_takes_no_byte()
    {
        var wire = Wire("boot-requested");

        Assert.Null(wire.Spec.Upkeep);
        Assert.Null(wire.Spec.HealthCheck);
    }

    [Fact]
    public void A_policy_that_is_left_out_is_none()
    {
        var wire = Wire("boot-requested-kept-up");
        wire.Spec.Upkeep = null;
        wire.Spec.HealthCheck = null;

        var spec = ((BootRequested)WireTable.Current.Decode(Delimited(wire), BootManifest)).Spec;

        Assert.Equal(UpkeepPolicy.None, spec.Upkeep);
        Assert.Null(spec.HealthCheck);
    }

    [Fact]
    public void A_check_that_is_off_is_told_from_one_that_is_the_images()
    {
        var off = (BootRequested)Samples.Named("boot-requested-unchecked").Message;

        var read = (BootRequested)WireTable.Current.Decode(WireTable.Current.Encode(off), BootManifest);

        Assert.Equal(HealthCheck.Off, read.Spec.HealthCheck);
    }

    [Fact]
    public void A_policy_without_a_mode_is_refused() =>
        AssertRefused(wire => wire.Spec.Upkeep.Restart = V1.RestartMode.Unspecified, "Restart");

    [Fact]
    public void A_policy_of_a_later_version_is_refused() =>
        AssertRefused(wire => wire.Spec.Upkeep.WhenLost = (V1.LostAction)99, "WhenLost");

    [Fact]
    public void A_check_of_less_than_no_time_is_refused() =>
        AssertRefused(wire => wire.Spec.HealthCheck.Interval = -1, "Interval");

    private static void AssertRefused(Action<V1.BootRequested> change, string field)
    {
        var wire = Wire("boot-requested-kept-up");
        change(wire);

        var error = Assert.Throws<WireFormatException>(() => WireTable.Current.Decode(Delimited(wire), BootManifest));

        Assert.Equal((BootManifest, field), (error.Manifest, error.Field));
    }

    private static V1.BootRequested Wire(string sample) => V1.BootRequested.Parser.ParseDelimitedFrom(
        new MemoryStream(WireTable.Current.Encode(Samples.Named(sample).Message)));

    private static byte[] Delimited(IMessage wire)
    {
        var stream = new MemoryStream();
        wire.WriteDelimitedTo(stream);
        return stream.ToArray();
    }
}
