using Akka.Configuration;

namespace NovaDocker.Settings;

/// <summary>The defaults: <c>hocon/reference.conf</c>, carried in this assembly.</summary>
public static class ReferenceConfig
{
    private const string ResourceName = "NovaDocker.Settings.reference.conf";

    /// <summary>The defaults, parsed.</summary>
    public static Config Load() => ConfigurationFactory.ParseString(Text());

    /// <summary>The defaults as text, with their comments.</summary>
    public static string Text()
    {
        using var stream = typeof(ReferenceConfig).Assembly.GetManifestResourceStream(ResourceName)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
