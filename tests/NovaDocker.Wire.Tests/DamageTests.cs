using System.Runtime.Serialization;
using Google.Protobuf;
using NovaDocker.Domain.Common;
using static NovaDocker.Domain.Compute.ComputeProtocol;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>Bytes that are not what they should be make an error that names the message, and nothing else.</summary>
public sealed class DamageTests
{
    private const string StepStartedManifest = "instance.step-started.v1";

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Bytes_cut_off_anywhere_are_refused(string name)
    {
        var message = Samples.Named(name).Message;
        var manifest = WireTable.Current.Manifest(message);
        var bytes = WireTable.Current.Encode(message);

        // Of a long message, the first and the last thousand places do.
        foreach (var length in Enumerable.Range(0, bytes.Length).Where(n => n < 1000 || n > bytes.Length - 1000))
        {
            var error = Assert.Throws<WireFormatException>(() => WireTable.Current.Decode(bytes[..length], manifest));
            Assert.Equal(manifest, error.Manifest);
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Bytes_too_many_are_refused(string name)
    {
        var message = Samples.Named(name).Message;
        byte[] bytes = [.. WireTable.Current.Encode(message), 0];

        Assert.Throws<WireFormatException>(() => WireTable.Current.Decode(bytes, WireTable.Current.Manifest(message)));
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void A_flipped_byte_is_refused_or_read_and_nothing_else(string name)
    {
        var message = Samples.Named(name).Message;
        var manifest = WireTable.Current.Manifest(message);
        var bytes = WireTable.Current.Encode(message);

        for (var place = 0; place < Math.Min(bytes.Length, 2000); place++)
        {
            byte[] damaged = [.. bytes];
            damaged[place] ^= 0xFF;
            var error = Record.Exception(() => WireTable.Current.Decode(damaged, manifest));
            Assert.True(error is null or WireFormatException, $"at {place}: {error}");
        }
    }

    [Fact]
    public void An_unknown_manifest_is_refused_and_quoted_safely()
    {
        var manifest = "instance.step-started.v2\nERROR forged line" + new string('x', 500);

        var error = Assert.ThrowsAny<SerializationException>(() => WireTable.Current.Decode([0], manifest));

        Assert.DoesNotContain('\n', error.Message);
        Assert.True(error.Message.Length < 200, error.Message);
    }

    [Fact]
    public void A_type_without_a_row_is_refused()
    {
        Assert.Throws<WireFormatException>(() => WireTable.Current.Encode("text"));
        Assert.Throws<WireFormatException>(() => WireTable.Current.Manifest(new Unlisted()));
    }

    [Fact]
    public void An_oversize_message_is_refused_before_it_is_parsed()
    {
        var error = Assert.Throws<WireFormatException>(
            () => WireTable.Current.Decode(new byte[WireTable.MaxBytes + 1], StepStartedManifest));

        Assert.Contains("more than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_oversize_message_is_not_written() => Assert.Throws<WireFormatException>(() => WireTable.Current.Encode(
        new ConsoleOutput(InstanceId.Parse("6f1c2a34-5b6d-4e7f-8091-a2b3c4d5e6f7"), new string('x', WireTable.MaxBytes), false)));

    [Fact]
    public void A_chunk_over_its_limit_is_neither_written_nor_read()
    {
        var chunk = (ImageChunk)Samples.Named("image-chunk").Message;
        var wire = new V1.ImageChunk
        {
            ImageId = ByteString.CopyFrom(chunk.ImageId.Value.ToByteArray(bigEndian: true)),
            Bytes = ByteString.CopyFrom(new byte[MaxImageChunk + 1]),
        };

        AssertRefused("compute.image-chunk.v1", wire, "Bytes");
        Assert.Throws<WireFormatException>(
            () => WireTable.Current.Encode(chunk with { Bytes = new byte[MaxImageChunk + 1] }));
    }

    [Fact]
    public void An_enum_that_nobody_set_is_refused() =>
        AssertRefused(StepStartedManifest, With(e => e.Step = V1.StepKind.Unspecified), "Step");

    [Fact]
    public void An_enum_of_a_later_version_is_refused() =>
        AssertRefused(StepStartedManifest, With(e => e.Step = (V1.StepKind)99), "Step");

    [Fact]
    public void An_enum_in_a_list_is_looked_at_too() => AssertRefused(
        "instance.power-change-requested.v1",
        new V1.PowerChangeRequested { Header = Wire().Header, OperationId = Wire().OperationId, Steps = { 0 } },
        "Steps");

    [Fact]
    public void An_enum_that_could_not_be_read_is_not_written()
    {
        var started = (StepStarted)Samples.Named("step-started").Message;

        Assert.Throws<WireFormatException>(() => WireTable.Current.Encode(started with { Step = 0 }));
    }

    [Fact]
    public void A_missing_part_is_refused() =>
        AssertRefused(StepStartedManifest, With(e => e.Header = null), "Header");

    [Fact]
    public void A_missing_part_of_a_part_is_refused() =>
        AssertRefused(StepStartedManifest, With(e => e.Header.Request = null), "Request");

    [Fact]
    public void A_uuid_of_another_length_is_refused() => AssertRefused(
        StepStartedManifest, With(e => e.OperationId = ByteString.CopyFromUtf8("too short")), "OperationId");

    [Fact]
    public void An_empty_instance_id_is_refused() => AssertRefused(
        StepStartedManifest, With(e => e.Header.InstanceId = ByteString.CopyFrom(new byte[16])), "InstanceId");

    [Fact]
    public void A_time_outside_the_calendar_is_refused() =>
        AssertRefused(StepStartedManifest, With(e => e.Header.OccurredAt = long.MaxValue), "OccurredAt");

    [Fact]
    public void A_result_of_a_later_version_is_refused() => AssertRefused(
        "instance.step-completed.v1",
        new V1.StepCompleted
        {
            Header = Wire().Header,
            OperationId = Wire().OperationId,
            Step = V1.StepKind.EnsureImage,
            Result = new V1.StepResult(),
        },
        "Result");

    [Fact]
    public void A_state_that_cannot_be_is_refused()
    {
        var snapshot = V1.InstanceSnapshot.Parser.ParseDelimitedFrom(
            new MemoryStream(WireTable.Current.Encode(Samples.Named("state-resting").Message)));
        snapshot.State.Resting.Phase = V1.InstancePhase.Building;

        AssertRefused("instance.state.v1", snapshot, "Phase");
    }

    [Fact]
    public void A_field_of_a_later_version_is_passed_over()
    {
        var wire = Wire();
        var later = new V1.StepCompleted
        {
            Header = wire.Header,
            OperationId = wire.OperationId,
            Step = wire.Step,
            Attempt = wire.Attempt,
            Result = new V1.StepResult { Done = new() },
        };

        Samples.Named("step-started").AssertSameAs(WireTable.Current.Decode(Delimited(later), StepStartedManifest));
    }

    private static void AssertRefused(string manifest, IMessage wire, string field)
    {
        var error = Assert.Throws<WireFormatException>(() => WireTable.Current.Decode(Delimited(wire), manifest));
        Assert.Equal((manifest, field), (error.Manifest, error.Field));
    }

    private static V1.StepStarted With(Action<V1.StepStarted> change)
    {
        var wire = Wire();
        change(wire);
        return wire;
    }

    private static V1.StepStarted Wire() => V1.StepStarted.Parser.ParseDelimitedFrom(
        new MemoryStream(WireTable.Current.Encode(Samples.Named("step-started").Message)));

    private static byte[] Delimited(IMessage wire)
    {
        var stream = new MemoryStream();
        wire.WriteDelimitedTo(stream);
        return stream.ToArray();
    }

    private sealed record Unlisted : IWireMessage;
}
