using System.Globalization;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Domain.Audit;

/// <summary>What the history tells of what an instance is to be: of secrets that they are there, of a key its fingerprint.</summary>
internal static class BootDescription
{
    private const string OptionPrefix = "option.";

    /// <summary>Adds it to the data of the event.</summary>
    public static void Add(Dictionary<string, string> data, InstanceSpec spec)
    {
        data["name"] = spec.Name;
        data["memoryMb"] = spec.MemoryMb.ToString(CultureInfo.InvariantCulture);
        data["vcpus"] = spec.Vcpus.ToString(CultureInfo.InvariantCulture);
        if (!spec.Command.IsEmpty)
            data["command"] = string.Join(' ', spec.Command);
        Add(data, spec.Upkeep);
        if (spec.HealthCheck is { } check)
            data["healthCheck"] = check.Command.IsEmpty ? "off" : string.Join(' ', check.Command);
        if (spec.Environment.Count > 0)
            data["environmentNames"] = string.Join(' ', spec.Environment.Keys);
        AddOptions(data, spec);
        if (spec.UserData is { } userData)
            Add(data, userData);
        PortDescription.Add(data, spec.Vifs);
        for (var i = 0; i < spec.Files.Count; i++)
            data[$"file.{i}"] = $"{spec.Files[i].Path}, {spec.Files[i].Size} bytes, sha256 {spec.Files[i].Sha256}";
        if (spec.PublicKey is { } key)
            data["publicKey"] = PublicKeys.Describe(key);
    }

    /// <summary>Each option with where it comes from. What has neither a value of its own nor an origin is told above already.</summary>
    private static void AddOptions(Dictionary<string, string> data, InstanceSpec spec)
    {
        foreach (var view in OptionViews.Of(spec))
        {
            if (spec.Options.Values.ContainsKey(view.Name) || spec.Origins.ContainsKey(view.Name))
                data[$"{OptionPrefix}{view.Name}"] = $"{view.Value}, from {view.Origin}";
        }
    }

    private static void Add(Dictionary<string, string> data, UserDataRecord userData)
    {
        data["userData"] = UserDataRecord.Describe(userData.Kind);
        data["userDataSha256"] = userData.Sha256;
        data["userDataBytes"] = userData.Bytes.ToString(CultureInfo.InvariantCulture);
        if (!userData.Notes.IsEmpty)
            data["userDataNotes"] = string.Join(' ', userData.Notes);
    }

    private static void Add(Dictionary<string, string> data, UpkeepPolicy upkeep)
    {
        if (upkeep.Restart.Mode != RestartMode.No)
            data["restartPolicy"] = upkeep.Restart.ToString();
        if (upkeep.WhenUnhealthy != UnhealthyAction.Report)
            data["whenUnhealthy"] = EventDescription.Kebab(upkeep.WhenUnhealthy);
        if (upkeep.WhenLost != LostAction.Report)
            data["whenLost"] = EventDescription.Kebab(upkeep.WhenLost);
    }
}
