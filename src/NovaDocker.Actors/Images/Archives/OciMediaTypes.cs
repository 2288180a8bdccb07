namespace NovaDocker.Actors.Images.Archives;

/// <summary>The words for the parts of an image, OCI's and Docker's.</summary>
internal static class OciMediaTypes
{
    /// <summary>True for the configuration of an image.</summary>
    public static bool IsConfig(string mediaType) =>
        mediaType is "application/vnd.oci.image.config.v1+json" or "application/vnd.docker.container.image.v1+json";

    /// <summary>True for a layer of an image, however it is packed.</summary>
    public static bool IsLayer(string mediaType) =>
        mediaType.StartsWith("application/vnd.oci.image.layer.", StringComparison.Ordinal)
        || mediaType.StartsWith("application/vnd.docker.image.rootfs.", StringComparison.Ordinal);

    /// <summary>True for a layer that nobody can read without a key.</summary>
    public static bool IsEncrypted(string mediaType) => mediaType.EndsWith("+encrypted", StringComparison.Ordinal);
}
