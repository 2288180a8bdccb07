using NovaDocker.Domain.Images;

namespace NovaDocker.Domain.Instances;

/// <summary>What is known of an instance's rescue.</summary>
/// <param name="Image">The image that the rescue container is of.</param>
/// <param name="EngineImageId">The digest of that; null until it is ready.</param>
/// <param name="ContainerId">The rescue container; null until it is there.</param>
public sealed record RescueFacts(ResolvedImage Image, string? EngineImageId, string? ContainerId);
