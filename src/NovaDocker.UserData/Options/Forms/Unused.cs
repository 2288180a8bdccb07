using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Keys that have no option of their own: some are noted and not used, some mean another option.</summary>
internal static class Unused
{
    private const string LxcHostname = "lxc.utsname";
    private static readonly string[][] LxcFields = [["Key"], ["Value"]];

    /// <summary>A single value that is noted and not used.</summary>
    /// <param name="why">The rest of the sentence: <c>the image is the one that …</c>.</param>
    public static KeyForm Noted(string why) => spot =>
    {
        if (spot.Word(Verdict.Of) is { } text)
            spot.Findings.Note(spot.Mark, $"{spot.Path} {Wording.Quoted(text)} is not used: {why}.");
        return [];
    };

    /// <summary>A switch that is noted and not used, on or off.</summary>
    public static KeyForm NotedSwitch(string why) => spot =>
    {
        if (Scalars.IsOn(spot) is { } on)
            spot.Findings.Note(spot.Mark, $"{spot.Path} '{(on ? "true" : "false")}' is not used: {why}.");
        return [];
    };

    /// <summary>A switch that means the network mode <c>none</c>.</summary>
    public static IReadOnlyList<Setting> NoNetwork(Spot spot) =>
        Scalars.Switch(spot) is null ? [] : [new(OptionKeys.NetworkMode.Name, new OptionValue.Text("none"), [])];

    /// <summary>
    /// Options of LXC, which no living Engine has: a mapping, or a list of <c>{Key, Value}</c>. The host name is the host name;
    /// others are refused.
    /// </summary>
    public static IReadOnlyList<Setting> Lxc(Spot spot)
    {
        if (spot.Node is UserDataNode.Mapping)
            return [.. spot.Entries().SelectMany(entry => LxcOption(entry.Key.Text, entry.Value))];
        if (spot.Node is not UserDataNode.Sequence && !spot.IsUnset)
            spot.Expect("a mapping, or a list of {Key, Value}, is expected");
        return [.. spot.Items().SelectMany(LxcItem)];
    }

    private static IReadOnlyList<Setting> LxcItem(Spot item)
    {
        if (item.Node is not UserDataNode.Mapping && !item.IsUnset)
            item.Expect("a mapping of Key and Value is expected");
        else if (item.Node is UserDataNode.Mapping && Fields.Read(item, LxcFields) is { } fields && fields["Value"] is { } value)
            return LxcOption(fields["Key"]?.Text ?? string.Empty, value);
        return [];
    }

    private static IReadOnlyList<Setting> LxcOption(string name, Spot value)
    {
        if (value.IsUnset)
            return [];
        if (name == LxcHostname)
            return Setting.Of(OptionKeys.Hostname, Scalars.Text(Names.Hostname)(value));
        value.Fault($"sets {Wording.Quoted(name)}, which no Engine of today knows; only {LxcHostname} is taken, as the host name.");
        return [];
    }
}
