using System.Collections.Immutable;
using NovaDocker.Actors.Docker.Sandboxes;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Secrets;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Policy;
using NovaDocker.UserData.Settling;

namespace NovaDocker.Actors.Docker;

/// <summary>
/// Says of what an instance's container is made on this host: its spec with secrets opened, paths of the host resolved under the
/// policy of the day, other instances turned into their containers, and its key at its place.
/// </summary>
/// <param name="host">Whose containers they are.</param>
/// <param name="secrets">Opens what is sealed.</param>
/// <param name="policy">What may be had of the host.</param>
/// <param name="paths">The file system of this host.</param>
/// <param name="keys">Where keys lie.</param>
/// <param name="resolution">Where the files of name resolution lie.</param>
/// <param name="contents">Where the files lie that came with the boot.</param>
/// <param name="isEngineHere">True where the Engine runs on this machine, so that it can bind what the node writes.</param>
internal sealed class ContainerBlueprint(
    HostIdentity host, ISecretBox secrets, ContainerPolicy policy, IHostDirectories paths,
    AuthorizedKeys keys, ResolutionFiles resolution, InstanceContents contents, bool isEngineHere)
{
    /// <summary>True where the Engine runs on this machine.</summary>
    public bool IsEngineHere => isEngineHere;

    /// <summary>The container that a step is to make. What it needs on the host is there afterwards.</summary>
    /// <param name="step">The step.</param>
    /// <param name="processors">Processors of the machine: more cannot be a limit.</param>
    /// <param name="engine">Where the containers of other instances are looked up.</param>
    /// <param name="cancellationToken">Ends with the step's deadline.</param>
    /// <exception cref="EngineException">The policy no longer allows it, or another instance has no container.</exception>
    public async Task<ContainerSpec> MakeAsync(
        HostProtocol.RunStep step, int processors, IContainerEngine engine, CancellationToken cancellationToken)
    {
        var spec = step.Spec;
        var limits = ContainerLimits.Of(spec, processors);
        var options = spec.HasSandbox ? SandboxBlueprint.RestOf(spec.Options) : spec.Options;
        options = await WithContainersAsync(options, OptionKeys.Links, engine, cancellationToken).ConfigureAwait(false);
        options = await WithContainersAsync(options, OptionKeys.VolumesFrom, engine, cancellationToken).ConfigureAwait(false);
        var binds = options.Words(OptionKeys.Binds).Select(Bind).Concat(KeyBind(step)).Concat(ResolutionBinds(step))
            .Concat(contents.Binds(step.InstanceId, spec.Files)).ToEquatableArray();
        if (!binds.IsEmpty)
            options = options.With(OptionKeys.Binds, new OptionValue.Words(binds));
        if (options.TryGet(OptionKeys.Devices, out var devices))
            options = options.With(OptionKeys.Devices, new OptionValue.Words(devices.Values.Select(Device).ToEquatableArray()));
        return new ContainerSpec
        {
            Name = ContainerDrift.NameOf(step.InstanceId),
            Image = step.EngineImageId ?? ImageTags.ForImage(step.Image.Id),
            Hostname = spec.HasSandbox ? "" : HostName.Of(spec.Name, step.InstanceId),
            Labels = Labels.ForContainer(host, step.InstanceId, spec),
            Command = [.. spec.Command],
            Environment = Open(step.InstanceId, spec.Environment),
            MemoryBytes = limits.MemoryBytes,
            CpuShares = limits.CpuShares,
            NanoCpus = limits.NanoCpus,
            HealthCheck = spec.HealthCheck,
            NetworkMode = spec.HasSandbox ? $"container:{step.SandboxId}" : OptionViews.NoNetwork,
            IsNetworkDisabled = IsOffline(spec),
            Options = options,
            LogOptions = options.TryGet(OptionKeys.SealedLogOptions, out var log)
                ? Open(step.InstanceId, log.Values)
                : ImmutableSortedDictionary<string, string>.Empty,
        };
    }

    /// <summary>Takes away what the container needed on the host. It is gone by now.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="forEver">True where it will have no other one: what cannot be made again goes as well.</param>
    public void Clear(InstanceId instance, bool forEver)
    {
        keys.Remove(instance);
        resolution.Remove(instance);
        if (forEver)
            contents.Remove(instance);
    }

    private ImmutableSortedDictionary<string, string> Open(InstanceId instance, EquatableMap<SealedValue> values) =>
        values.ToImmutableSortedDictionary(
            entry => entry.Key, entry => secrets.Open(instance, entry.Key, entry.Value), StringComparer.Ordinal);

    /// <summary>True where a container of this would mount paths of the host that <see cref="CheckBinds"/> has to look at.</summary>
    public static bool HasBinds(InstanceSpec spec) =>
        spec.Options.TryGet(OptionKeys.Binds, out _) || spec.Options.TryGet(OptionKeys.VolumesFrom, out _);

    /// <summary>
    /// Sees to it that the Engine would still mount what it was meant to: it looks each path up anew at every start.
    /// </summary>
    /// <exception cref="EngineException">Something else is at the place of a path, or the policy no longer allows it.</exception>
    public void CheckBinds(ContainerSnapshot container)
    {
        foreach (var bind in container.Binds.Where(bind => !keys.Holds(bind) && !resolution.Holds(bind) && !contents.Holds(bind)))
        {
            if (HostBinds.ProblemAtStart(bind, policy, paths) is { } problem)
                throw Refused($"The bind {bind}: {problem}");
        }
    }

    private string Bind(string bind)
    {
        var made = HostBinds.Make(bind, policy, paths);
        return made.Resolved ?? throw Refused($"The bind {bind}: {made.Problem}");
    }

    private string Device(string device)
    {
        var (resolved, _, problem) = HostDevices.Admit(device, policy, paths);
        return resolved ?? throw Refused($"The device {device}: {problem}");
    }

    private static EngineException Refused(string problem) => new(EngineErrorKind.Invalid, problem);

    private IEnumerable<string> KeyBind(HostProtocol.RunStep step) => step.Spec.PublicKey is { } key
        ? [$"{keys.Write(step.InstanceId, key)}:{BootSettling.KeyDirectory}:ro"]
        : [];

    /// <summary>
    /// True where there is no network, and the Engine need not enter the container's namespace to find that out: it makes up
    /// for nearly half of a start. It does not make the files of name resolution either, so ours have to be within its reach.
    /// </summary>
    private bool IsOffline(InstanceSpec spec) =>
        isEngineHere && !spec.HasSandbox && (spec.Options.Text(OptionKeys.NetworkMode) ?? OptionViews.NoNetwork) == OptionViews.NoNetwork;

    /// <summary>The files of name resolution where the Engine makes none, or another instance's would come with its volumes.</summary>
    private IEnumerable<string> ResolutionBinds(HostProtocol.RunStep step)
    {
        var spec = step.Spec;
        if (!spec.HasSandbox && !IsOffline(spec) && !(isEngineHere && spec.Options.TryGet(OptionKeys.VolumesFrom, out _)))
            return [];
        var taken = MountTargets.Of(spec.Options).Concat(spec.Files.Select(file => file.Path)).ToHashSet(StringComparer.Ordinal);
        return resolution.Write(step).Where(bind => !taken.Contains(MountTargets.OfBind(bind)));
    }

    private async Task<ContainerOptions> WithContainersAsync(
        ContainerOptions options, OptionKey<OptionValue.Words> key, IContainerEngine engine, CancellationToken cancellationToken)
    {
        if (!options.TryGet(key, out var words))
            return options;
        var named = new List<string>(words.Values.Count);
        foreach (var word in words.Values)
        {
            var (id, tail) = (word[..word.IndexOf(':', StringComparison.Ordinal)], word[word.IndexOf(':', StringComparison.Ordinal)..]);
            var found = await engine.ListContainersAsync(Labels.OfInstance(host, InstanceId.Parse(id)), cancellationToken)
                .ConfigureAwait(false);
            if (found is not [var container, ..])
                throw Refused($"Instance {id}, which {key} names, has no container; start it, or boot without it.");

            // With volumes come the host's paths that the other one has bound, maybe under a wider policy than today's.
            if (key.Name == OptionKeys.VolumesFrom.Name)
                CheckBinds(container);
            named.Add(container.Name + tail);
        }

        return options.With(key, new OptionValue.Words(named.ToEquatableArray()));
    }
}
