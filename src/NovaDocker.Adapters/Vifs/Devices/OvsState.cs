using System.Text.Json;
using NovaDocker.Adapters.Vifs.Commands;

namespace NovaDocker.Adapters.Vifs.Devices;

/// <summary>A port of Open vSwitch.</summary>
/// <param name="Name">The device.</param>
/// <param name="Bridge">The bridge it is in.</param>
/// <param name="Ids">Its <c>external_ids</c>.</param>
/// <param name="Tag">Its VLAN; null for none.</param>
/// <param name="Error">What Open vSwitch says is wrong with it; empty for nothing.</param>
internal sealed record OvsPort(string Name, string Bridge, IReadOnlyDictionary<string, string> Ids, int? Tag, string Error);

/// <summary>What the database of Open vSwitch holds.</summary>
/// <param name="Bridges">Its bridges, with the type of their datapath.</param>
/// <param name="Ports">Their ports, by the device.</param>
internal sealed record OvsState(IReadOnlyDictionary<string, string> Bridges, IReadOnlyDictionary<string, OvsPort> Ports)
{
    /// <summary>The tables that it is read of, each a command of <c>ovs-vsctl</c> with <c>--format=json</c>.</summary>
    public static readonly IReadOnlyList<string> Commands =
    [
        "--columns=name,datapath_type,ports", "list", "Bridge", "--",
        "--columns=_uuid,name,tag,interfaces", "list", "Port", "--",
        "--columns=_uuid,name,external_ids,error", "list", "Interface",
    ];

    /// <summary>Reads what those commands write.</summary>
    public static OvsState Parse(string step, string text)
    {
        var tables = JsonOutput.Parse(step, text).ConvertAll(Rows);
        var (bridges, ports, interfaces) = (tables[0], tables[1], tables[2]);
        var bridgeOf = bridges.SelectMany(bridge => Ids(bridge["ports"]).Select(id => (Id: id, Name: bridge["name"].GetString()!)))
            .ToDictionary(pair => pair.Id, pair => pair.Name, StringComparer.Ordinal);
        var portOf = ports.SelectMany(port => Ids(port["interfaces"]).Select(id => (Id: id, Port: port)))
            .ToDictionary(pair => pair.Id, pair => pair.Port, StringComparer.Ordinal);
        return new OvsState(
            bridges.ToDictionary(row => row["name"].GetString()!, row => row["datapath_type"].GetString() ?? "", StringComparer.Ordinal),
            interfaces
                .Where(row => portOf.ContainsKey(Ids(row["_uuid"]).Single()))
                .Select(row => Read(row, portOf[Ids(row["_uuid"]).Single()]))
                .DistinctBy(port => port.Name)
                .ToDictionary(port => port.Name, StringComparer.Ordinal));

        OvsPort Read(Dictionary<string, JsonElement> row, Dictionary<string, JsonElement> port) => new(
            row["name"].GetString()!,
            bridgeOf.GetValueOrDefault(Ids(port["_uuid"]).Single(), ""),
            row["external_ids"][1].EnumerateArray().ToDictionary(pair => pair[0].GetString()!, pair => pair[1].GetString()!, StringComparer.Ordinal),
            port["tag"].ValueKind == JsonValueKind.Number ? port["tag"].GetInt32() : null,
            row["error"].ValueKind == JsonValueKind.String ? row["error"].GetString()! : "");
    }

    /// <summary>The rows of a table, each with its values by the names of the columns.</summary>
    private static List<Dictionary<string, JsonElement>> Rows(JsonElement table)
    {
        var names = table.Elements("headings").Select(heading => heading.GetString()!).ToList();
        return
        [
            .. table.Elements("data").Select(row =>
                names.Zip(row.EnumerateArray(), KeyValuePair.Create).ToDictionary(StringComparer.Ordinal)),
        ];
    }

    /// <summary>The ids in a value, which may be one or a set of them.</summary>
    private static IEnumerable<string> Ids(JsonElement value) => value[0].GetString() == "set"
        ? value[1].EnumerateArray().Select(id => id[1].GetString()!)
        : [value[1].GetString()!];
}
