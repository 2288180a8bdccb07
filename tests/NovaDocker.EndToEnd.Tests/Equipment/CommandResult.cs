using System.Text.Json;
using System.Text.Json.Nodes;

namespace NovaDocker.EndToEnd.Tests.Equipment;

/// <summary>How a run of a program ended.</summary>
/// <param name="Line">Its command line.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Out">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
public sealed record CommandResult(string Line, int ExitCode, string Out, string Error)
{
    /// <summary>Standard output as JSON lines.</summary>
    public IReadOnlyList<JsonNode> Rows => [.. Lines(Out).Select(line => JsonNode.Parse(line)!)];

    /// <summary>Standard output as the one JSON object that it is.</summary>
    public JsonNode Row => Assert.Single(Rows);

    /// <summary>Standard error as the one JSON object that it is.</summary>
    public JsonNode Failure => JsonNode.Parse(Assert.Single(Lines(Error)))!;

    /// <summary>The same, if the exit code is this one.</summary>
    public CommandResult Expect(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"{exitCode} was expected of {this}");
        return this;
    }

    public override string ToString() => $"{Line}\nexit code {ExitCode}\n{Out}\n{Error}";

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Shorter ways to read JSON.</summary>
public static class JsonReading
{
    public static string? Text(this JsonNode node, string key) => node[key]?.GetValue<string>();

    public static long Number(this JsonNode node, string key) => node[key]!.GetValue<long>();

    /// <summary>
    /// A container's description without the files of name resolution that the node binds into it where the Engine makes none.
    /// </summary>
    public static JsonNode WithoutResolution(this JsonNode container)
    {
        var bare = container.DeepClone();
        Strip(bare, "Mounts", "Destination");
        Strip(bare["HostConfig"]!, "Mounts", "Target");
        return bare;

        static void Strip(JsonNode of, string key, string target)
        {
            if (of[key] is not JsonArray mounts)
                return;
            foreach (var mount in mounts.Where(mount => mount!.Text(target) is "/etc/hosts" or "/etc/resolv.conf").ToArray())
                mounts.Remove(mount);
        }
    }

    public static string Data(this JsonNode node, string key) =>
        node["data"]?[key]?.GetValue<string>() ?? throw new JsonException($"No data.{key} in {node.ToJsonString()}");
}
