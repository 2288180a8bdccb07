using System.Net;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Actors.Networks;

/// <summary>
/// Which ports this host's instances have, and so which addresses are taken. It is derived of what the instances say and of
/// the steps that come in, and never stored: what is written in their journals is the truth.
/// </summary>
internal sealed class PortBook(TimeProvider time)
{
    /// <summary>How long a port that was settled for a request is kept for it; by then the instance has it, or nobody wants it.</summary>
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(2);

    private readonly Dictionary<PortId, Entry> _entries = [];
    private int _asking;

    /// <summary>Every port, with whose it is.</summary>
    public IEnumerable<(InstanceId Instance, Vif Vif)> All => _entries.Values.Select(entry => (entry.Instance, entry.Vif));

    /// <summary>Notes that the instances are asked from now on: what is noted meanwhile need not be in what they say.</summary>
    /// <returns>The number of the asking, counted from 1.</returns>
    public int BeginAsking() => ++_asking;

    /// <summary>Notes a port that an instance has.</summary>
    public void Hold(InstanceId instance, Vif vif) => _entries[vif.Id] = new Entry(instance, vif, null, _asking);

    /// <summary>Notes a port that an instance will have, unless it has it already.</summary>
    public void Lease(InstanceId instance, Vif vif)
    {
        if (!_entries.TryGetValue(vif.Id, out var known) || known.LeasedAt is not null)
            _entries[vif.Id] = new Entry(instance, vif, time.GetTimestamp(), _asking);
    }

    /// <summary>
    /// Takes what all instances say in the place of what was known when they were asked, but for ports that are to be one's
    /// any moment. Nothing is forgotten but here: a boot may take longer than a port is kept for it, since its image has to
    /// come first.
    /// </summary>
    public void Replace(IEnumerable<InstanceView> instances)
    {
        foreach (var (id, _) in _entries.Where(entry => entry.Value.Asking < _asking && !IsLeased(entry.Value)).ToArray())
            _entries.Remove(id);
        foreach (var view in instances.Where(view => view.Phase != InstancePhase.Deleted))
        {
            foreach (var port in view.Ports)
                Hold(view.Id, port.Vif);
        }
    }

    /// <summary>Why an instance cannot have a port beside those there are; null where it can.</summary>
    public string? Conflict(InstanceId instance, Vif vif)
    {
        if (_entries.TryGetValue(vif.Id, out var same) && same.Instance != instance)
            return $"port {vif.Id} is instance {same.Instance}'s already.";
        foreach (var other in _entries.Values.Where(other => other.Vif.Id != vif.Id))
        {
            if (other.Vif.Device == vif.Device)
                return $"devname {vif.Device} is that of port {other.Vif.Id} of instance {other.Instance}.";
            if (other.Vif.Network.Id != vif.Network.Id)
                continue;
            if (other.Vif.Mac == vif.Mac)
                return $"mac {vif.Mac} is that of port {other.Vif.Id} of instance {other.Instance} in the same network.";
            if (other.Vif.Addresses.Intersect(vif.Addresses).FirstOrDefault() is { } address)
                return $"ip {address} is that of port {other.Vif.Id} of instance {other.Instance} in the same network.";
        }

        return null;
    }

    /// <summary>The addresses of a network that are taken.</summary>
    public IReadOnlySet<IPAddress> Taken(NetworkId network)
    {
        return _entries.Values.Where(entry => entry.Vif.Network.Id == network)
            .SelectMany(entry => entry.Vif.Addresses).ToHashSet();
    }

    /// <summary>The ports that an instance was settled or has.</summary>
    public Vif? Find(PortId port) => _entries.GetValueOrDefault(port)?.Vif;

    private bool IsLeased(Entry entry) => entry.LeasedAt is { } since && time.GetElapsedTime(since) <= LeaseTime;

    /// <param name="Instance">Whose the port is.</param>
    /// <param name="Vif">The port.</param>
    /// <param name="LeasedAt">When it was settled; null once the instance has it.</param>
    /// <param name="Asking">The last asking that had begun when it was noted.</param>
    private sealed record Entry(InstanceId Instance, Vif Vif, long? LeasedAt, int Asking);
}
