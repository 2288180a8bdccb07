using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Options.Forms;

/// <summary>Devices of the host: a list of <c>host[:container[:access]]</c>, or of the Engine's mappings.</summary>
internal static class Devices
{
    private const string Everything = "rwm";
    private static readonly string[][] DeviceFields = [["PathOnHost"], ["PathInContainer"], ["CgroupPermissions"]];

    /// <summary>Reads the list.</summary>
    public static Found<OptionValue.Words>? Read(Spot spot)
    {
        var devices = new WordGatherer(spot.Findings);
        foreach (var item in Lists.Items(spot).Where(item => !item.IsUnset))
        {
            if (item.Node is UserDataNode.Mapping)
                AddFields(devices, item);
            else
                AddLine(devices, item);
        }

        return devices.ToFound();
    }

    private static void AddFields(WordGatherer devices, Spot item)
    {
        if (Fields.Read(item, DeviceFields) is not { } fields)
            return;
        if (fields["PathOnHost"] is not { IsUnset: false } host)
            item.Fault("has no 'PathOnHost'; the path of a device of the host is expected there.");
        else if (host.Word(Paths.OnHost) is { } path)
            Add(devices, item, path, Word(fields["PathInContainer"]) ?? path, Word(fields["CgroupPermissions"]) ?? Everything);
    }

    private static void AddLine(WordGatherer devices, Spot item)
    {
        switch (item.Text?.Split(':'))
        {
            case [var host]:
                Add(devices, item, host, host, Everything);
                break;
            case [var host, var access] when Access(access).Value is not null:
                Add(devices, item, host, host, access);
                break;
            case [var host, var container]:
                Add(devices, item, host, container, Everything);
                break;
            case [var host, var container, var access]:
                Add(devices, item, host, container, access);
                break;
            default:
                item.Expect("/host/device[:/container/device[:rwm]] is expected");
                break;
        }
    }

    private static void Add(WordGatherer devices, Spot item, string host, string container, string access)
    {
        var source = item.Judge(host, Paths.OnHost);
        var target = source is null ? null : item.Judge(container, Paths.InContainer);
        var allowed = item.Judge(access, Access);
        if (source is not null && target is not null && allowed is not null)
            devices.AddOnce($"{source}:{target}:{allowed}", item.Mark, item, target, "has the device");
    }

    private static string? Word(Spot? spot) => spot?.Word(Verdict.Of);

    /// <summary>What may be done: reading, writing and making, in this order.</summary>
    private static Verdict Access(string text) => Verdict.When(
        text.Length > 0 && text.All(Everything.Contains) && text.Distinct().Count() == text.Length,
        string.Concat(Everything.Where(text.Contains)),
        "any of r, w and m is expected as access");
}
