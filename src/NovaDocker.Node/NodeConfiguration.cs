using Akka.Configuration;
using NovaDocker.Settings;

namespace NovaDocker.Node;

/// <summary>Reads the operator's configuration: a HOCON file, and single keys set on the command line above it.</summary>
internal static class NodeConfiguration
{
    /// <summary>The configuration of a file and of <c>key=value</c> pairs, without the defaults.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or is no HOCON; or a pair is none.</exception>
    public static Config Load(string? file, IReadOnlyList<string> pairs)
    {
        var config = file is null ? Config.Empty : HoconFile.Load(file, "--config");
        foreach (var pair in pairs)
        {
            var (key, value) = pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                ? (pair[..at].Trim(), pair[(at + 1)..])
                : throw new SettingsException([$"--set is '{pair}'; key=value is expected, such as novadocker.remoting.port=4053."]);
            config = HoconFile.Parse($"{key} = {Written(value)}", $"--set {key}").WithFallback(config);
        }

        return config;
    }

    /// <summary>A list as it stands, anything else as a text.</summary>
    private static string Written(string value) => value.StartsWith('[') && value.EndsWith(']') ? value : $"\"{Escape(value)}\"";

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
