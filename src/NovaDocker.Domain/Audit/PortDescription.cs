using NovaDocker.Domain.Common;
using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Audit;

/// <summary>What the history tells of ports: who looks for an address, a MAC or a port later finds it in <c>port</c>, or in <c>port.N</c>.</summary>
internal static class PortDescription
{
    /// <summary>Adds the ports that an instance is booted with.</summary>
    public static void Add(Dictionary<string, string> data, EquatableArray<Vif> vifs)
    {
        for (var i = 0; i < vifs.Count; i++)
            data[$"port.{i}"] = Describe(vifs[i]);
    }

    /// <summary>Adds the port that is attached.</summary>
    public static void Add(Dictionary<string, string> data, Vif vif)
    {
        data["port"] = vif.Id.ToString();
        data["port.0"] = Describe(vif);
    }

    /// <summary>Adds the ports that were plugged.</summary>
    public static void Add(Dictionary<string, string> data, EquatableArray<PluggedVif> plugged)
    {
        for (var i = 0; i < plugged.Count; i++)
            data[$"port.{i}"] = plugged[i].ToString();
    }

    /// <summary>Adds what is wrong with ports.</summary>
    public static void Add(Dictionary<string, string> data, EquatableArray<VifProblem> problems)
    {
        for (var i = 0; i < problems.Count; i++)
            data[$"problem.{i}"] = problems[i].ToString();
    }

    private static string Describe(Vif vif)
    {
        var addresses = string.Join(' ', vif.Addresses);
        return $"{vif.Id}, {vif.Mac}, {(addresses.Length > 0 ? addresses : "no address")}, network {vif.Network.Id}, {vif.Type} {vif.Bridge}";
    }
}
