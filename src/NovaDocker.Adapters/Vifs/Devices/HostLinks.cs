using System.Diagnostics.CodeAnalysis;
using NovaDocker.Adapters.Vifs.Commands;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>The network devices of the host at one moment.</summary>
internal sealed class HostLinks
{
    private readonly Dictionary<string, HostLink> _links;

    /// <summary>One that is removed and made anew while the kernel lists them is listed twice: the newer one is there.</summary>
    private HostLinks(IEnumerable<HostLink> links) =>
        _links = links.GroupBy(link => link.Name, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.MaxBy(link => link.Index)!, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IEnumerable<HostLink> All => _links.Values;

    /// <summary>Reads what <c>ip -json -details link show</c> writes.</summary>
    public static HostLinks Parse(string step, string text) =>
        new(JsonOutput.Parse(step, text).SelectMany(list => list.EnumerateArray()).Select(HostLink.Read));

    /// <summary>The device of a name; null where there is none.</summary>
    public HostLink? Find(string name) => _links.GetValueOrDefault(name);

    /// <summary>Whether there is a device of a name.</summary>
    public bool Has(string name, [NotNullWhen(true)] out HostLink? link) => _links.TryGetValue(name, out link);

    /// <summary>What is put into a device.</summary>
    public IEnumerable<HostLink> PortsOf(string master) => All.Where(link => link.Master == master);
}
