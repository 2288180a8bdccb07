using NovaDocker.Testing;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>What the lines of a node's log say.</summary>
internal static class NodeLog
{
    /// <summary>Whether a line of text is a warning or worse, and of the node itself.</summary>
    public static bool IsFault(string line) => !MachineNoise.Is(line)
        && (line.Contains(" WRN ", StringComparison.Ordinal) || line.Contains(" ERR ", StringComparison.Ordinal)
            || line.Contains(" FTL ", StringComparison.Ordinal));

    /// <summary>The same of a line of JSON, which has no level where that is information.</summary>
    public static bool IsFaultInJson(string line) => !MachineNoise.Is(line) && line.Contains("\"@l\":", StringComparison.Ordinal)
        && !line.Contains("\"@l\":\"Debug\"", StringComparison.Ordinal);
}
