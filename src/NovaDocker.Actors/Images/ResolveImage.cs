using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Actors.Images;

/// <summary>
/// Which image is meant? Sent by the host to its <see cref="ImageSupervisor"/>; answered by <see cref="ImageDescription"/> or
/// by a refusal.
/// </summary>
/// <param name="InstanceId">The instance to be booted from it; null where none is.</param>
/// <param name="Reference">The image's id, or its name where no other image has it.</param>
/// <param name="Caller">On whose behalf: only what that project may see can be meant.</param>
internal sealed record ResolveImage(InstanceId? InstanceId, string Reference, ImageCaller Caller);
