using Google.Protobuf.Collections;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Wire.Mapping;

/// <summary>What messages of every concern share: failures, who asked, secrets, progress, text maps.</summary>
internal static class CommonMapping
{
    public static V1.Fault ToWire(this Fault fault) => new() { Code = fault.Code.ToWire(), Message = fault.Message };

    public static Fault ToDomain(this V1.Fault wire) => new(wire.Code.ToDomain(), wire.Message);

    public static V1.Initiator ToWire(this Initiator initiator) => new()
    {
        UserId = initiator.UserId,
        ProjectId = initiator.ProjectId,
        Service = initiator.Service,
    };

    public static Initiator ToDomain(this V1.Initiator wire) => new(wire.UserId, wire.ProjectId, wire.Service);

    public static V1.RequestContext ToWire(this RequestContext request) => new()
    {
        RequestId = request.RequestId,
        Initiator = request.Initiator.ToWire(),
    };

    public static RequestContext ToDomain(this V1.RequestContext wire) =>
        new(wire.RequestId, wire.Initiator.Required().ToDomain());

    public static V1.SealedValue ToWire(this SealedValue value) => new()
    {
        KeyId = value.KeyId,
        Ciphertext = value.Ciphertext,
    };

    public static SealedValue ToDomain(this V1.SealedValue wire) => new(wire.KeyId, wire.Ciphertext);

    public static V1.TransferProgress ToWire(this TransferProgress progress)
    {
        var wire = new V1.TransferProgress { BytesDone = progress.BytesDone };
        if (progress.BytesTotal is { } total)
            wire.BytesTotal = total;
        if (progress.BytesPerSecond is { } pace)
            wire.BytesPerSecond = pace;
        if (progress.WaitsFor is { } awaited)
            wire.WaitsFor = awaited;
        return wire;
    }

    public static TransferProgress ToDomain(this V1.TransferProgress wire) =>
        new(wire.BytesDone, wire.HasBytesTotal ? wire.BytesTotal : null)
        {
            BytesPerSecond = wire.HasBytesPerSecond ? wire.BytesPerSecond : null,
            WaitsFor = wire.HasWaitsFor ? wire.WaitsFor : null,
        };

    /// <summary>The entries in the map's own order, which is sorted: equal maps give equal bytes.</summary>
    public static void AddTo(this EquatableMap<string> map, MapField<string, string> wire)
    {
        foreach (var (key, value) in map)
            wire.Add(key, value);
    }

    public static EquatableMap<string> ToMap(this MapField<string, string> wire) => new(wire);
}
