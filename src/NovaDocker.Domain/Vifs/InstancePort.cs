using NovaDocker.Domain.Common;

namespace NovaDocker.Domain.Vifs;

/// <summary>A port of an instance, and what its journal knows of it.</summary>
/// <param name="Vif">The port.</param>
/// <param name="Index">Which interface of the instance it is: 0 for <c>eth0</c>.</param>
/// <param name="IsPlugged">True where the journal says that it was plugged, and has not been unplugged or found broken since.</param>
public sealed record InstancePort(Vif Vif, int Index, bool IsPlugged)
{
    /// <summary>Its interface's name inside of the instance.</summary>
    public string Interface => $"eth{Index}";

    /// <summary>The ports of an instance that has not been plugged into anything yet.</summary>
    public static EquatableArray<InstancePort> Of(IEnumerable<Vif> vifs) =>
        vifs.Select((vif, index) => new InstancePort(vif, index, IsPlugged: false)).ToEquatableArray();

    /// <summary>The ports with one more, which gets the first interface that is free.</summary>
    public static EquatableArray<InstancePort> With(EquatableArray<InstancePort> ports, Vif vif)
    {
        var taken = ports.Select(port => port.Index).ToHashSet();
        var free = Enumerable.Range(0, ports.Count + 1).First(index => !taken.Contains(index));
        return ports.Add(new InstancePort(vif, free, IsPlugged: false));
    }
}
