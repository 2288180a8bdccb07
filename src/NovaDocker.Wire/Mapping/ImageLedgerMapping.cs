using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using static NovaDocker.Domain.Images.ImageLedgerEvents;

namespace NovaDocker.Wire.Mapping;

/// <summary>The events of a host's ledger of images.</summary>
internal static class ImageLedgerMapping
{
    public static V1.ImagePullRequested ToWire(this PullRequested e) =>
        new() { Header = e.Header.ToWire(), Request = e.Request.ToWire() };

    public static PullRequested ToDomain(this V1.ImagePullRequested wire) =>
        new(wire.Header.Required().ToDomain(), wire.Request.Required().ToDomain());

    public static V1.ImageLoadedHere ToWire(this Loaded e) => new()
    {
        Header = e.Header.ToWire(),
        EngineImageId = e.EngineImageId,
        Checksum = e.Checksum,
        Bytes = e.Bytes,
        Source = e.Source,
        Cause = e.Cause.ToWire(),
    };

    public static Loaded ToDomain(this V1.ImageLoadedHere wire) => new(
        wire.Header.Required().ToDomain(), wire.EngineImageId, wire.Checksum, wire.Bytes, wire.Source,
        wire.Cause.Required().ToDomain());

    public static V1.ImageLoadFailed ToWire(this LoadFailed e)
    {
        var wire = new V1.ImageLoadFailed { Header = e.Header.ToWire(), Fault = e.Fault.ToWire(), Cause = e.Cause.ToWire() };
        if (e.RetryAt is { } at)
            wire.RetryAt = at.ToWire();
        return wire;
    }

    public static LoadFailed ToDomain(this V1.ImageLoadFailed wire) => new(
        wire.Header.Required().ToDomain(), wire.Fault.Required().ToDomain(), wire.HasRetryAt ? wire.RetryAt.ToTime() : null,
        wire.Cause.Required().ToDomain());

    public static V1.ImageUseChanged ToWire(this UseChanged e) => new() { Header = e.Header.ToWire(), InUse = e.InUse };

    public static UseChanged ToDomain(this V1.ImageUseChanged wire) => new(wire.Header.Required().ToDomain(), wire.InUse);

    public static V1.ImageVanished ToWire(this Vanished e) => new() { Header = e.Header.ToWire() };

    public static Vanished ToDomain(this V1.ImageVanished wire) => new(wire.Header.Required().ToDomain());

    public static V1.ImageCollectionBegun ToWire(this CollectionBegun e) =>
        new() { Header = e.Header.ToWire(), Reason = e.Reason.ToWire(), Bytes = e.Bytes };

    public static CollectionBegun ToDomain(this V1.ImageCollectionBegun wire) =>
        new(wire.Header.Required().ToDomain(), wire.Reason.ToDomain(), wire.Bytes);

    public static V1.ImageCollected ToWire(this Collected e) => new()
    {
        Header = e.Header.ToWire(),
        EngineImageId = e.EngineImageId,
        Reason = e.Reason.ToWire(),
        Bytes = e.Bytes,
    };

    public static Collected ToDomain(this V1.ImageCollected wire) =>
        new(wire.Header.Required().ToDomain(), wire.EngineImageId, wire.Reason.ToDomain(), wire.Bytes);

    public static V1.ImageCollectionFailed ToWire(this CollectionFailed e) =>
        new() { Header = e.Header.ToWire(), Reason = e.Reason.ToWire(), Fault = e.Fault.ToWire() };

    public static CollectionFailed ToDomain(this V1.ImageCollectionFailed wire) =>
        new(wire.Header.Required().ToDomain(), wire.Reason.ToDomain(), wire.Fault.Required().ToDomain());

    private static V1.LedgerHeader ToWire(this LedgerHeader header) => new()
    {
        EventId = header.EventId.ToWire(),
        OccurredAt = header.OccurredAt.ToWire(),
        Host = header.Host.Value,
        ImageId = header.ImageId.ToWire(),
        Name = header.Name,
    };

    private static LedgerHeader ToDomain(this V1.LedgerHeader wire) => new(
        wire.EventId.ToGuid(), wire.OccurredAt.ToTime(), new HostId(wire.Host), wire.ImageId.ToImageId(), wire.Name);

    private static V1.LoadCause ToWire(this LoadCause cause)
    {
        var wire = new V1.LoadCause { RequestId = cause.RequestId };
        if (cause.Instance is { } instance)
            wire.Instance = instance.ToWire();
        return wire;
    }

    private static LoadCause ToDomain(this V1.LoadCause wire) =>
        new(wire.HasInstance ? wire.Instance.ToInstanceId() : null, wire.RequestId);
}
