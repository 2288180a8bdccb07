using Akka.Configuration;

namespace NovaDocker.Settings;

/// <summary>Reads what an operator wrote in HOCON, and refuses what the parser would guess at.</summary>
public static class HoconFile
{
    /// <summary>What may stand at the top: the keys of this program, and Akka's own, which it leaves to the operator.</summary>
    private static readonly string[] Sections = [SettingsReader.Root, "akka"];

    /// <summary>The configuration in a file, without the defaults.</summary>
    /// <param name="file">The file.</param>
    /// <param name="option">The option of the command line that named it.</param>
    /// <exception cref="SettingsException">The file cannot be read, or is no HOCON, or has something else at its top.</exception>
    public static Config Load(string file, string option)
    {
        try
        {
            return Parse(File.ReadAllText(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{option} is '{file}', which cannot be read: {e.Message}"]);
        }
    }

    /// <summary>The configuration in a text, without the defaults.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">Where it comes from, for messages.</param>
    /// <exception cref="SettingsException">It is no HOCON, or has something else at its top.</exception>
    public static Config Parse(string text, string origin)
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
}
