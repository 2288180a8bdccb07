using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Wire.Client;

/// <summary>
/// New ids for what a commander begins. The commander chooses them, not the node, so that it can ask again without
/// knowing whether its first question arrived.
/// </summary>
public static class CommanderIds
{
    /// <summary>An id for an instance to be booted.</summary>
    public static InstanceId NewInstanceId() => new(NewGuid());

    /// <summary>An id for an image to be stored or made.</summary>
    public static ImageId NewImageId() => new(NewGuid());

    /// <summary>An id for a request, in the form that Nova gives its own: <c>req-&lt;uuid&gt;</c>.</summary>
    public static string NewRequestId() => $"req-{NewGuid():D}";

#pragma warning disable RS0030 // The one place on the commander's side where ids come from chance.
    internal static Guid NewGuid() => Guid.NewGuid();
#pragma warning restore RS0030
}
