using NovaDocker.Domain.Images;
using NovaDocker.Domain.Options;

namespace NovaDocker.Domain.Instances;

/// <summary>What an instance was before a rebuild, as long as its container still is of it: where the rebuild is given up, it is that again.</summary>
/// <param name="Spec">What it was to be.</param>
/// <param name="Image">What it was booted from.</param>
/// <param name="EngineImageId">The digest of that.</param>
/// <param name="ImageDefaults">What that image said of itself.</param>
public sealed record FormerImage(InstanceSpec Spec, ResolvedImage Image, string? EngineImageId, ContainerOptions ImageDefaults);
