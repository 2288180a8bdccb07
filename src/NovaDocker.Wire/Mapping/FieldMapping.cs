using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Wire.Mapping;

/// <summary>
/// The values that every message is made of. What is read names itself in the error: the compiler passes the expression
/// that it was called on.
/// </summary>
internal static class FieldMapping
{
    private const int GuidBytes = 16;

    public static ByteString ToWire(this Guid value) => ByteString.CopyFrom(value.ToByteArray(bigEndian: true));

    public static ByteString ToWire(this OperationId value) => value.Value.ToWire();

    public static ByteString ToWire(
        this InstanceId value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        NotEmpty(value.Value, field).ToWire();

    public static ByteString ToWire(this ImageId value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        NotEmpty(value.Value, field).ToWire();

    public static ByteString ToWire(this PortId value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        NotEmpty(value.Value, field).ToWire();

    public static long ToWire(this DateTimeOffset value) => value.UtcTicks;

    public static Guid ToGuid(this ByteString bytes, [CallerArgumentExpression(nameof(bytes))] string field = "") =>
        bytes.Length == GuidBytes
            ? new Guid(bytes.Span, bigEndian: true)
            : throw Wrong(field, $"a UUID has {GuidBytes} bytes, not {bytes.Length}.");

    public static OperationId ToOperationId(
        this ByteString bytes, [CallerArgumentExpression(nameof(bytes))] string field = "") => new(bytes.ToGuid(field));

    public static InstanceId ToInstanceId(
        this ByteString bytes, [CallerArgumentExpression(nameof(bytes))] string field = "") =>
        new(NotEmpty(bytes.ToGuid(field), field));

    public static ImageId ToImageId(
        this ByteString bytes, [CallerArgumentExpression(nameof(bytes))] string field = "") =>
        new(NotEmpty(bytes.ToGuid(field), field));

    public static PortId ToPortId(this ByteString bytes, [CallerArgumentExpression(nameof(bytes))] string field = "") =>
        new(NotEmpty(bytes.ToGuid(field), field));

    public static DateTimeOffset ToTime(this long ticks, [CallerArgumentExpression(nameof(ticks))] string field = "") =>
        ticks >= DateTimeOffset.MinValue.UtcTicks && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw Wrong(field, $"{ticks} ticks are outside the calendar.");

    public static TimeSpan ToDuration(this long ticks, [CallerArgumentExpression(nameof(ticks))] string field = "") =>
        ticks >= 0 ? TimeSpan.FromTicks(ticks) : throw Wrong(field, $"{ticks} ticks are less than no time.");

    /// <summary>The sub-message, which must be there.</summary>
    public static T Required<T>(
        [NotNull] this T? value, [CallerArgumentExpression(nameof(value))] string field = "")
        where T : class => value ?? throw Wrong(field, "it is missing.");

    /// <summary>The value of an enum, which must be one that this version knows.</summary>
    public static T Known<T>(T value, string field)
        where T : struct, Enum => Enum.IsDefined(value)
        ? value
        : throw Wrong(field, $"'{value}' is no {typeof(T).Name} that this version knows.");

    public static WireFieldException Wrong(string field, string problem) =>
        new(field[(field.LastIndexOf('.') + 1)..], problem);

    private static Guid NotEmpty(Guid value, string field) =>
        value != Guid.Empty ? value : throw Wrong(field, "the empty UUID is no id.");
}
