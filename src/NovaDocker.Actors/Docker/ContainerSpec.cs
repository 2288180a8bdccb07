using System.Collections.Immutable;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Actors.Docker;

/// <summary>What a container is to be made of.</summary>
public sealed record ContainerSpec
{
    /// <summary>The container's name. A help for people; identity is by label.</summary>
    public required string Name { get; init; }

    /// <summary>The image, by tag or id.</summary>
    public required string Image { get; init; }

    /// <summary>The host name inside, unless <see cref="Options"/> has one; empty for the Engine's, or that of the container it joins.</summary>
    public required string Hostname { get; init; }

    /// <summary>Our labels. <see cref="AllLabels"/> are what the container gets.</summary>
    public required ImmutableSortedDictionary<string, string> Labels { get; init; }

    /// <summary>Words that take the place of the image's command; empty keeps the image's. The image's entrypoint stays.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Environment variables, added to the image's.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Hard memory limit in bytes, unless <see cref="Options"/> has one; swap is not added to it.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>
    /// Relative weight among containers when processors are short: 1024 a vCPU, as nova-docker set it. Unless
    /// <see cref="Options"/> has one.
    /// </summary>
    public required long CpuShares { get; init; }

    /// <summary>Hard limit in thousand-millionths of a processor; 0 for none.</summary>
    public required long NanoCpus { get; init; }

    /// <summary>The health check; null for the image's own.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>
    /// The Engine's network mode, unless <see cref="Options"/> has one: <c>none</c>, <c>container:ID</c> to join the network
    /// namespace of another container, or empty for the Engine's own default.
    /// </summary>
    public required string NetworkMode { get; init; }

    /// <summary>
    /// True keeps the Engine's hands off the network: the container gets a namespace with nothing but a loopback in it, which is
    /// made in a few milliseconds; neither <c>/etc/hosts</c> nor <c>/etc/resolv.conf</c> is made for it.
    /// </summary>
    public bool IsNetworkDisabled { get; init; }

    /// <summary>
    /// All other options, in the forms that <see cref="OptionKeys"/> lays down; but links and volumes-from name containers
    /// here, not instances. What has a property of its own above and stands here as well is taken from here, with the
    /// exception of labels, which are put together.
    /// </summary>
    public ContainerOptions Options { get; init; } = ContainerOptions.None;

    /// <summary>A volume that is mounted into it; null for none.</summary>
    public VolumeMount? Volume { get; init; }

    /// <summary>Options of the log driver, opened.</summary>
    public ImmutableSortedDictionary<string, string> LogOptions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// The labels that the container gets: those of its options, the name that a document gave it, and ours. Nobody but
    /// us sets one that begins as ours do: they say whose a container is.
    /// </summary>
    public ImmutableSortedDictionary<string, string> AllLabels
    {
        get
        {
            var all = Options.Pairs(OptionKeys.Labels)
                .Where(label => !label.Key.StartsWith(Docker.Labels.Prefix, StringComparison.Ordinal))
                .ToImmutableSortedDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);
            if (Options.Text(OptionKeys.Alias) is { } alias)
                all = all.SetItem(Docker.Labels.Alias, alias);
            return all.SetItems(Labels);
        }
    }
}
