using Google.Protobuf;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using static NovaDocker.Domain.Compute.ComputeProtocol;

namespace NovaDocker.Wire.Mapping;

/// <summary>What a commander says to a node's door about images.</summary>
internal static class ImageTransferMapping
{
    public static V1.ListImages ToWire(this ListImages q)
    {
        var wire = new V1.ListImages { Limit = q.Limit, Caller = q.Caller.ToWire() };
        if (q.After is { } after)
            wire.After = after.ToWire();
        return wire;
    }

    public static ListImages ToDomain(this V1.ListImages wire) =>
        new(wire.HasAfter ? wire.After.ToImageId() : null, wire.Limit) { Caller = wire.Caller.ToDomain() };

    public static V1.ImagePage ToWire(this ImagePage page)
    {
        var wire = new V1.ImagePage();
        wire.Images.AddRange(page.Images.Select(image => image.ToWire()));
        if (page.Next is { } next)
            wire.Next = next.ToWire();
        return wire;
    }

    public static ImagePage ToDomain(this V1.ImagePage wire) => new(
        wire.Images.Select(image => image.ToDomain()).ToEquatableArray(), wire.HasNext ? wire.Next.ToImageId() : null);

    public static V1.BeginImageUpload ToWire(this BeginImageUpload m)
    {
        var wire = new V1.BeginImageUpload { ImageId = m.ImageId.ToWire(), Name = m.Name, Caller = m.Caller.ToWire() };
        m.Properties.AddTo(wire.Properties);
        return wire;
    }

    public static BeginImageUpload ToDomain(this V1.BeginImageUpload wire) =>
        new(wire.ImageId.ToImageId(), wire.Name, wire.Properties.ToMap()) { Caller = wire.Caller.ToDomain() };

    public static V1.ImageChunk ToWire(this ImageChunk m) => new()
    {
        ImageId = m.ImageId.ToWire(),
        Offset = m.Offset,
        Bytes = ByteString.CopyFrom(Bounded(m.Bytes).Span),
    };

    public static ImageChunk ToDomain(this V1.ImageChunk wire) =>
        new(wire.ImageId.ToImageId(), wire.Offset, Bounded(wire.Bytes.Memory));

    public static V1.ImageUploadReady ToWire(this ImageUploadReady m) =>
        new() { ImageId = m.ImageId.ToWire(), Offset = m.Offset };

    public static ImageUploadReady ToDomain(this V1.ImageUploadReady wire) =>
        new(wire.ImageId.ToImageId(), wire.Offset);

    public static V1.ImageUploaded ToWire(this ImageUploaded m) => new() { Image = m.Image.ToWire() };

    public static ImageUploaded ToDomain(this V1.ImageUploaded wire) => new(wire.Image.Required().ToDomain());

    public static V1.AbandonImageUpload ToWire(this AbandonImageUpload m) => new() { ImageId = m.ImageId.ToWire() };

    public static AbandonImageUpload ToDomain(this V1.AbandonImageUpload wire) => new(wire.ImageId.ToImageId());

    /// <summary>Nobody is not written: those who asked before there were callers were the operator.</summary>
    private static V1.ImageCaller? ToWire(this ImageCaller caller)
    {
        if (caller == ImageCaller.Nobody)
            return null;
        var wire = new V1.ImageCaller { ProjectId = caller.ProjectId };
        if (caller.Token is { } token)
            wire.Token = token.Value;
        return wire;
    }

    private static ImageCaller ToDomain(this V1.ImageCaller? wire) => wire is null
        ? ImageCaller.Nobody
        : new ImageCaller(wire.ProjectId, wire.HasToken ? new RequestToken(wire.Token) : null);

    private static ReadOnlyMemory<byte> Bounded(ReadOnlyMemory<byte> bytes) => bytes.Length <= MaxImageChunk
        ? bytes
        : throw FieldMapping.Wrong("Bytes", $"a chunk has at most {MaxImageChunk} bytes, not {bytes.Length}.");
}
