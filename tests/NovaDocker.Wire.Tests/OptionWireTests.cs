using Google.Protobuf;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>Options on the wire: what is left out means none, what is wrong is refused, and equal ones are equal bytes.</summary>
public sealed class OptionWireTests
{
    private const string BootManifest = "instance.boot-requested.v1";

    // A frame of the remoting holds 128,000 bytes with all around it.
    private const int FrameBytes = 120_000;

    [Fact]
    public void No_options_take_no_byte()
    {
        var wire = Wire("boot-requested");

        Assert.Empty(wire.Spec.Options);
        Assert.Empty(wire.Spec.Origins);
        Assert.Null(wire.Spec.UserData);
        Assert.False(wire.Spec.HasPublicKey);
    }

    [Fact]
    public void Maps_lie_in_the_order_of_their_keys()
    {
        var spec = Wire("boot-requested-with-options").Spec;

        AssertSorted(spec.Options.Keys);
        AssertSorted(spec.Origins.Keys);
        AssertSorted(spec.Environment.Keys);
        AssertSorted(spec.Options[OptionKeys.Labels.Name].Pairs.Values.Keys);
    }

    [Fact]
    public void Equal_options_are_equal_bytes_in_whatever_order_they_were_said()
    {
        var boot = (BootRequested)Samples.Named("boot-requested-with-options").Message;
        var turned = boot with
        {
            Spec = boot.Spec with
            {
                Options = new ContainerOptions(Turned(boot.Spec.Options.Values)),
                Origins = Turned(boot.Spec.Origins),
                Environment = Turned(boot.Spec.Environment),
            },
        };

        Assert.Equal(boot, turned);
        Assert.Equal(WireTable.Current.Encode(boot), WireTable.Current.Encode(turned));
    }

    [Fact]
    public void A_message_that_was_read_is_written_as_the_same_bytes() => Assert.All(
        Samples.All.Where(sample => sample.Name.Contains("-with-", StringComparison.Ordinal)),
        sample =>
        {
            var bytes = WireTable.Current.Encode(sample.Message);
            var read = WireTable.Current.Decode(bytes, WireTable.Current.Manifest(sample.Message));
            Assert.Equal(bytes, WireTable.Current.Encode(read));
        });

    [Fact]
    public void An_option_without_a_value_is_refused() =>
        AssertRefused(wire => wire.Spec.Options["memory"] = new V1.OptionValue(), "Value");

    [Fact]
    public void An_origin_of_a_later_version_is_refused() =>
        AssertRefused(wire => wire.Spec.Origins["memory"].Source = (V1.OptionSource)99, "Source");

    [Fact]
    public void User_data_of_no_kind_is_refused() =>
        AssertRefused(wire => wire.Spec.UserData.Kind = V1.UserDataKind.Unspecified, "Kind");

    [Fact]
    public void A_health_check_among_options_is_held_to_the_rules_of_one() =>
        AssertRefused(wire => wire.Spec.Options["health"].Check.Interval = -1, "Interval");

    [Fact]
    public void The_largest_boot_fits_into_a_frame()
    {
        var boot = (BootInstance)Samples.Named("boot-instance-with-much-user-data").Message with
        {
            Environment = new EquatableMap<string>([KeyValuePair.Create("A", new string('x', InstanceSpecRules.MaxArgumentBytes))]),
        };

        Assert.InRange(WireTable.Current.Encode(boot).Length, 65_535, FrameBytes);
        Assert.InRange(WireTable.Current.Encode(new HostProtocol.AdmitBoot(new HostId("h"), boot)).Length, 65_535, FrameBytes);
    }

    [Fact]
    public void The_view_of_the_largest_instance_fits_into_a_frame()
    {
        var boot = (BootRequested)Samples.Named("boot-requested").Message;
        var half = InstanceSpecRules.MaxArgumentBytes / 2;
        var spec = boot.Spec with
        {
            Command = [new string('c', half)],
            Environment = EquatableMap<SealedValue>.Empty,
            Options = new ContainerOptions(new EquatableMap<OptionValue>(Enumerable.Range(0, half / 1000).Select(i =>
                KeyValuePair.Create($"option-{i}", (OptionValue)new OptionValue.Text(new string('x', 1000)))))),
        };
        var variables = new EquatableMap<string>(Enumerable.Range(0, 500).Select(i =>
            KeyValuePair.Create($"V{i}", new string('日', 1000))));
        var facts = new InstanceFacts(
            boot.Header.InstanceId, 1, spec, boot.Image, boot.Header.Host, boot.Header.Request.Initiator,
            default, default, null, null, null, null, null, [])
        {
            ImageDefaults = new ContainerOptions(new EquatableMap<OptionValue>(
                [KeyValuePair.Create(OptionKeys.Environment.Name, (OptionValue)new OptionValue.Pairs(variables))])),
        };
        var view = InstanceView.Of(new InstanceState.Resting(facts, InstancePhase.Active))!;

        Assert.InRange(WireTable.Current.Encode(new InstanceFound(view.Id, view)).Length, 32_000, FrameBytes);
    }

    private static EquatableMap<T> Turned<T>(EquatableMap<T> map)
        where T : IEquatable<T> => new(map.Reverse());

    private static void AssertSorted(IEnumerable<string> keys) =>
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);

    private static void AssertRefused(Action<V1.BootRequested> change, string field)
    {
        var wire = Wire("boot-requested-with-options");
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
