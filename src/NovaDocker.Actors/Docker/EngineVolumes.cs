using System.Collections.Immutable;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Docker;

/// <summary>A volume of the Engine's driver <c>local</c> that is to be made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="DriverOptions">What the Engine mounts for it: <c>type</c>, <c>device</c> and <c>o</c>, as <c>mount</c> takes them.</param>
public sealed record VolumeSpec(
    string Name, ImmutableSortedDictionary<string, string> Labels, EquatableMap<string> DriverOptions);

/// <summary>A volume that is mounted into a container.</summary>
/// <param name="Name">The volume.</param>
/// <param name="Target">The absolute path in the container.</param>
public sealed record VolumeMount(string Name, string Target);

/// <summary>The directories, on the Engine's machine, that a container's file system is put together of (storage driver <c>overlay2</c>).</summary>
/// <param name="Lower">Those of its image, the topmost first, with colons between.</param>
/// <param name="Upper">That of its own changes.</param>
/// <param name="Work">What the kernel needs beside that.</param>
public sealed record OverlayLayers(string Lower, string Upper, string Work);
