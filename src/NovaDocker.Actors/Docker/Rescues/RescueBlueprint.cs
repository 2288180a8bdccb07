using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Actors.Docker.Rescues;

/// <summary>
/// Of what a rescue container is made: the rescue image with its own command, in the instance's network and of its size, with a
/// terminal, so that a shell waits for somebody, and the instance's file system at <see cref="MountPoint"/>.
/// </summary>
internal static class RescueBlueprint
{
    /// <summary>Where the instance's file system is, writable.</summary>
    public const string MountPoint = "/mnt/rescue";

    /// <summary>The name of an instance's rescue container and of its volume. A help for people; identity is by label.</summary>
    public static string NameOf(InstanceId id) => $"{ContainerDrift.NameOf(id)}-rescue";

    /// <summary>The rescue container of a step's instance.</summary>
    /// <param name="step">The step.</param>
    /// <param name="host">Whose it is.</param>
    /// <param name="processors">Processors of the machine: more cannot be a limit.</param>
    /// <param name="isEngineHere">True where the Engine runs on this machine.</param>
    public static ContainerSpec For(HostProtocol.RunStep step, HostIdentity host, int processors, bool isEngineHere)
    {
        var limits = ContainerLimits.Of(step.Spec with { Options = ContainerOptions.None }, processors);
        var hasSandbox = step.Spec.HasSandbox;
        return new ContainerSpec
        {
            Name = NameOf(step.InstanceId),
            Image = step.Rescue!.EngineImageId!,
            Hostname = hasSandbox ? "" : HostName.Of(step.Spec.Name, step.InstanceId),
            Labels = Labels.ForRescue(host, step.InstanceId, step.ContainerId!),
            MemoryBytes = limits.MemoryBytes,
            CpuShares = limits.CpuShares,
            NanoCpus = limits.NanoCpus,
            NetworkMode = hasSandbox ? $"container:{step.SandboxId}" : OptionViews.NoNetwork,
            IsNetworkDisabled = isEngineHere && !hasSandbox,
            Volume = new VolumeMount(NameOf(step.InstanceId), MountPoint),
            Options = ContainerOptions.None
                .With(OptionKeys.Tty, new OptionValue.Switch(true))
                .With(OptionKeys.OpenStdin, new OptionValue.Switch(true)),
        };
    }

    /// <summary>
    /// The volume through which the Engine itself mounts the file system of a container that does not run, and takes the mount away
    /// with the last container that uses it; so no mount of ours can be left behind.
    /// </summary>
    public static VolumeSpec VolumeOf(InstanceId id, HostIdentity host, OverlayLayers layers) => new(
        NameOf(id), Labels.OfRescue(host, id),
        new EquatableMap<string>(new Dictionary<string, string>
        {
            ["type"] = "overlay",
            ["device"] = "overlay",
            ["o"] = $"lowerdir={layers.Lower},upperdir={layers.Upper},workdir={layers.Work}",
        }));
}
