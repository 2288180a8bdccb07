using Docker.DotNet.Models;
using NovaDocker.Domain.Options;
using ContainerSpec = NovaDocker.Actors.Docker.ContainerSpec;
using RestartPolicy = Docker.DotNet.Models.RestartPolicy;

namespace NovaDocker.Adapters.Docker;

/// <summary>What a container that is to be made gets of its host: limits, file systems, networks, rights and devices.</summary>
internal static class HostParameters
{
    /// <summary>The Engine's <c>HostConfig</c>.</summary>
    public static HostConfig Of(ContainerSpec spec)
    {
        var options = spec.Options;
        // A size that came later may be less than what the option was admitted with.
        var memory = options.Number(OptionKeys.Memory) is { } own
            ? spec.MemoryBytes > 0 ? Math.Min(own, spec.MemoryBytes) : own
            : spec.MemoryBytes;
        var networkMode = ContainerParameters.NetworkModeOf(spec);
        var binds = options.Words(OptionKeys.Binds).Select(OptionForms.Bind).ToLookup(bind => bind.Relabels);
        return new HostConfig
        {
            // The instance starts it again, so that every restart is in its history.
            RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No },
            Init = options.Get(OptionKeys.Init)?.Value,

            Memory = memory,
            MemorySwap = options.Number(OptionKeys.MemorySwap) ?? memory,
            CPUShares = options.Number(OptionKeys.CpuShares) ?? spec.CpuShares,
            CpusetCpus = options.TextOf(OptionKeys.Cpuset),
            NanoCPUs = spec.NanoCpus,
            PidsLimit = options.Number(OptionKeys.PidsLimit),
            Ulimits = options.ListOf(OptionKeys.Ulimits, OptionForms.Ulimit),
            Sysctls = options.DictionaryOf(OptionKeys.Sysctls),

            Mounts = binds[false].Select(ToMount).Concat(VolumeOf(spec)).ToListOrUnset(),
            Binds = binds[true].Select(bind => bind.Word).ToListOrUnset(),
            VolumesFrom = options.ListOf(OptionKeys.VolumesFrom),
            Tmpfs = options.DictionaryOf(OptionKeys.Tmpfs),
            ReadonlyRootfs = options.IsOn(OptionKeys.ReadOnly),
            ShmSize = options.Number(OptionKeys.ShmSize) ?? 0,

            NetworkMode = networkMode,
            Links = ContainerParameters.IsUserDefined(networkMode) ? OptionLists.Unset<IList<string>>() : options.ListOf(OptionKeys.Links),
            PortBindings = PortBindingsOf(options),
            PublishAllPorts = options.IsOn(OptionKeys.PublishAllPorts),
            DNS = options.ListOf(OptionKeys.Dns),
            DNSSearch = options.ListOf(OptionKeys.DnsSearch),
            ExtraHosts = options.ListOf(OptionKeys.ExtraHosts),

            Privileged = options.IsOn(OptionKeys.Privileged),
            CapAdd = options.ListOf(OptionKeys.CapAdd),
            CapDrop = options.ListOf(OptionKeys.CapDrop),
            SecurityOpt = options.ListOf(OptionKeys.SecurityOptions, OptionForms.SecurityOption),
            Devices = options.ListOf(OptionKeys.Devices, OptionForms.Device),
            DeviceRequests = options.ListOf(OptionKeys.DeviceRequests, OptionForms.DeviceRequest),

            LogConfig = LogConfigOf(spec),
        };
    }

    /// <remarks>
    /// A mount whose source is missing fails, at every start. For an entry of <c>Binds</c> the Engine would make an empty
    /// directory there, and an instance would run on it; so that is used only where SELinux labels are to be set, which a
    /// mount has no word for.
    /// </remarks>
    private static Mount ToMount(BindForm bind) => new()
    {
        Type = "bind",
        Source = bind.Source,
        Target = bind.Target,
        ReadOnly = bind.ReadOnly,
    };

    private static IEnumerable<Mount> VolumeOf(ContainerSpec spec) => spec.Volume is { } volume
        ? [new Mount { Type = "volume", Source = volume.Name, Target = volume.Target, VolumeOptions = new VolumeOptions { NoCopy = true } }]
        : [];

    private static Dictionary<string, IList<PortBinding>> PortBindingsOf(ContainerOptions options)
    {
        var published = options.Words(OptionKeys.PublishedPorts).Select(OptionForms.Publish).ToList();
        return published.Count == 0
            ? OptionLists.Unset<Dictionary<string, IList<PortBinding>>>()
            : published
                .GroupBy(publish => publish.Port, StringComparer.Ordinal)
                .ToDictionary(
                    port => port.Key,
                    IList<PortBinding> (port) =>
                        [.. port.Select(p => new PortBinding { HostIP = p.Address, HostPort = p.HostPort })],
                    StringComparer.Ordinal);
    }

    /// <summary>Without a driver its options are for the Engine's default one.</summary>
    private static LogConfig LogConfigOf(ContainerSpec spec)
    {
        var driver = spec.Options.Text(OptionKeys.LogDriver);
        return driver is null && spec.LogOptions.IsEmpty
            ? OptionLists.Unset<LogConfig>()
            : new LogConfig
            {
                Type = driver ?? "",
                Config = new Dictionary<string, string>(spec.LogOptions, StringComparer.Ordinal),
            };
    }
}
