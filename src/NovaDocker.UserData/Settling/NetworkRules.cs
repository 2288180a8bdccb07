using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Settling;

/// <summary>What only makes sense on a network of the Engine, and is refused where there is none: it would be lost silently.</summary>
internal static class NetworkRules
{
    /// <summary>Without a network.</summary>
    public const string None = "none";

    private const string Bridge = "bridge";
    private const string Host = "host";

    /// <summary>What cannot be in the network mode asked for.</summary>
    public static IEnumerable<UserDataFault> Faults(UserDataReading reading)
    {
        var mode = reading.Find(OptionKeys.NetworkMode)?.Value is OptionValue.Text { Value: var text } ? text : None;
        if (mode is None or Host)
        {
            foreach (var asked in Found(reading, OptionKeys.PublishedPorts.Name, OptionKeys.PublishAllPorts.Name))
                yield return Needs(asked, mode, "ports are published in network mode bridge, or on a network of the Engine;");
        }

        if (mode != Bridge)
        {
            foreach (var asked in Found(reading, OptionKeys.Links.Name))
                yield return Needs(asked, mode, "instances are linked in network mode bridge;");
        }
    }

    private static IEnumerable<AskedOption> Found(UserDataReading reading, params string[] names) =>
        names.Select(name => reading.Asked.GetValueOrDefault(name)).OfType<AskedOption>();

    private static UserDataFault Needs(AskedOption asked, string mode, string rule) => new(
        asked.Mark, asked.Path, $"is '{OptionViews.Text(asked.Value)}'; {rule} this instance's is {mode}.");
}
