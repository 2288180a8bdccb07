using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Domain.Compute;

public static partial class ComputeProtocol
{
    /// <summary>The images in the store, sorted by id; answered by <see cref="ImagePage"/>.</summary>
    /// <param name="After">The last id already known; null begins.</param>
    /// <param name="Limit">How many at most.</param>
    public sealed record ListImages(ImageId? After, int Limit) : IWireMessage
    {
        /// <summary>On whose behalf: only what that project may see is listed.</summary>
        public ImageCaller Caller { get; init; } = ImageCaller.Nobody;
    }

    /// <summary>Some images.</summary>
    /// <param name="Images">In order of id.</param>
    /// <param name="Next">Where the next page begins; null where this was the last.</param>
    public sealed record ImagePage(EquatableArray<ImageDescription> Images, ImageId? Next) : IWireMessage;

    /// <summary>
    /// Begin to bring an image into the store, chunk by chunk; answered by <see cref="ImageUploadReady"/> or
    /// <see cref="QueryFailed"/>.
    /// </summary>
    /// <param name="ImageId">The id it is to have.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Properties">Free properties.</param>
    public sealed record BeginImageUpload(ImageId ImageId, string Name, EquatableMap<string> Properties) : IWireMessage
    {
        /// <summary>On whose behalf: the image will belong to that project.</summary>
        public ImageCaller Caller { get; init; } = ImageCaller.Nobody;
    }

    /// <summary>
    /// The next bytes. Answered by <see cref="ImageUploadReady"/>; with an empty chunk, which ends the image, by
    /// <see cref="ImageUploaded"/>; or by <see cref="QueryFailed"/>, after which nothing of the image stays.
    /// </summary>
    /// <param name="ImageId">The image.</param>
    /// <param name="Offset">Where they begin. A chunk that came before is answered again and not stored twice.</param>
    /// <param name="Bytes">The bytes, at most <see cref="MaxImageChunk"/>.</param>
    public sealed record ImageChunk(ImageId ImageId, long Offset, ReadOnlyMemory<byte> Bytes) : IWireMessage;

    /// <summary>The store waits for the bytes from this offset on.</summary>
    public sealed record ImageUploadReady(ImageId ImageId, long Offset) : IWireMessage;

    /// <summary>The image is in the store.</summary>
    public sealed record ImageUploaded(ImageDescription Image) : IWireMessage;

    /// <summary>Forget an upload that was begun; nothing of it stays. Not answered.</summary>
    public sealed record AbandonImageUpload(ImageId ImageId) : IWireMessage;

    /// <summary>The most bytes in one <see cref="ImageChunk"/>: a frame of the remoting holds 128,000 with all around it.</summary>
    public const int MaxImageChunk = 96 * 1024;
}
