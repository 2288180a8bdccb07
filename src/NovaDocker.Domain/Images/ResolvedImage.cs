namespace NovaDocker.Domain.Images;

/// <summary>The image that a boot was decided for: the identity, and the name it had at that time.</summary>
/// <param name="Id">The image's id in the store.</param>
/// <param name="Name">Its name when the boot was accepted.</param>
public sealed record ResolvedImage(ImageId Id, string Name);
