using NovaDocker.Domain.Images;

namespace NovaDocker.Domain.Instances;

/// <summary>The image that a snapshot is to become.</summary>
/// <param name="ImageId">Its id in the image store, fixed when the snapshot was accepted: a second attempt finds the first.</param>
/// <param name="Name">Its name.</param>
/// <param name="PauseContainer">True freezes a running container while its files are read.</param>
public sealed record SnapshotTarget(ImageId ImageId, string Name, bool PauseContainer);
