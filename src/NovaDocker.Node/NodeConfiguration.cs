using Akka.Configuration;
using NovaDocker.Actors.Hosting;

namespace NovaDocker.Node;

/// <summary>Reads the operator's configuration: a HOCON file, and single keys set on the command line above it.</summary>
internal static class NodeConfiguration
{
    /// <summary>What may stand at the top: the keys of this program, and Akka's own, which it leaves to the operator.</summary>
    private static readonly string[] Sections = ["novadocker", "akka"];

    /// <summary>The configuration of a file and of <c>key=value</c> pairs, without the defaults.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or is no HOCON; or a pair is none.</exception>
    public static Config Load(string? file, IReadOnlyList<string> pairs)
    {
        var config = file is null ? Config.Empty : Parse(Read(file), file);
        foreach (var pair in pairs)
        {
            var (key, value) = pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                ? (pair[..at].Trim(), pair[(at + 1)..])
                : throw new SettingsException([$"--set is '{pair}'; key=value is expected, such as novadocker.remoting.port=4053."]);
            config = Parse($"{key} = \"{Escape(value)}\"", $"--set {key}").WithFallback(config);
        }

        return config;
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"--config is '{file}', which cannot be read: {e.Message}"]);
        }
    }

    private static Config Parse(string text, string origin)
    {
        if (HoconShape.Problem(text) is { } problem)
            throw new SettingsException([$"{origin} is no HOCON: {problem}"]);
        try
        {
            var config = ConfigurationFactory.ParseString(text);
            CheckSections(config, origin);
            return config;
        }
        catch (SettingsException)
        {
            throw;
        }
#pragma warning disable CA1031 // The parser throws exceptions of many types for text that is no HOCON.
        catch (Exception e)
        {
            throw new SettingsException([$"{origin} is no HOCON: {e.Message} Check braces, quotes and '=' near there."]);
        }
#pragma warning restore CA1031
    }

    /// <summary>A slip in the first word would leave all that stands below it unread.</summary>
    private static void CheckSections(Config config, string origin)
    {
        if (config.IsEmpty)
            return;
        if (!config.Root.IsObject())
            throw new SettingsException([$"{origin} is no HOCON: keys with values are expected, such as novadocker.remoting.port = 4053."]);
        var problems = config.Root.GetObject().Items
            .Where(item => !Sections.Contains(item.Key, StringComparer.Ordinal) || !item.Value.IsObject())
            .Select(item => Sections.Contains(item.Key, StringComparer.Ordinal)
                ? $"{item.Key} in {origin} is '{item.Value.GetString()}'; a section in braces is expected."
                : $"{item.Key} in {origin} is no key; every key begins with novadocker, such as novadocker.remoting.port.")
            .ToArray();
        if (problems.Length > 0)
            throw new SettingsException(problems);
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
