using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Testing;

/// <summary>What the configuration of an image says of its containers, and what a commit writes into it.</summary>
internal static class FakeImageConfig
{
    private const string OurLabels = "org.novadocker.";
    private const int NanosecondsPerTick = 100;

    /// <summary>The defaults, as the real Engine's adapter reads them.</summary>
    public static ContainerOptions DefaultsOf(DockerArchive image)
    {
        var config = JsonNode.Parse(image.Config)?["config"] as JsonObject ?? [];
        var ours = image.Labels.Keys.Any(key => key.StartsWith(OurLabels, StringComparison.Ordinal));
        var values = new (string Key, OptionValue? Value)[]
        {
            (OptionKeys.Entrypoint.Name, Words(config["Entrypoint"])),
            (OptionKeys.Command.Name, Words(config["Cmd"])),
            (OptionKeys.Environment.Name, ours ? null : Pairs(config["Env"])),
            (OptionKeys.User.Name, Text(config["User"])),
            (OptionKeys.WorkingDir.Name, Text(config["WorkingDir"])),
            (OptionKeys.ExposedPorts.Name, Keys(config["ExposedPorts"])),
            (OptionKeys.Volumes.Name, Keys(config["Volumes"])),
            (OptionKeys.StopSignal.Name, Text(config["StopSignal"])),
            (OptionKeys.HealthCheck.Name, Check(config["Healthcheck"])),
        };
        return new ContainerOptions(new EquatableMap<OptionValue>(
            values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Key, v.Value!))));
    }

    /// <summary>The image that a commit makes of a container.</summary>
    public static DockerArchive Commit(DockerArchive image, ContainerSpec spec, IReadOnlyDictionary<string, string> labels)
    {
        var committed = image.With(spec.Command, spec.Labels.SetItems(labels));
        var whole = JsonNode.Parse(committed.Config)!;
        var config = whole["config"]!.AsObject();
        foreach (var (name, value) in spec.Environment)
            (config["Env"] ??= new JsonArray()).AsArray().Add($"{name}={value}");
        if (spec.Options.TryGet(OptionKeys.Entrypoint, out var entrypoint))
            config["Entrypoint"] = new JsonArray([.. entrypoint.Values.Select(word => JsonValue.Create(word))]);
        if (spec.Options.Text(OptionKeys.User) is { } user)
            config["User"] = user;
        if (spec.Options.Text(OptionKeys.WorkingDir) is { } directory)
            config["WorkingDir"] = directory;
        return committed with { Config = System.Text.Encoding.UTF8.GetBytes(whole.ToJsonString()) };
    }

    /// <summary>The image that an import makes of a file system. Of a Dockerfile's instructions it knows three.</summary>
    public static DockerArchive Imported(string tag, ImmutableArray<string> changes, byte[] fileSystem)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var command = Array.Empty<string>();
        JsonArray? entrypoint = null;
        foreach (var (instruction, rest) in changes.Select(change => change.Split(' ', 2)).Select(words => (words[0], words[1])))
        {
            switch (instruction)
            {
                case "CMD":
                    command = [.. Strings(JsonNode.Parse(rest)!.AsArray())];
                    break;
                case "ENTRYPOINT":
                    entrypoint = JsonNode.Parse(rest)!.AsArray();
                    break;
                case "LABEL":
                    var label = rest.Split('=', 2);
                    labels[label[0]] = label[1];
                    break;
                default:
                    throw new EngineException(EngineErrorKind.Invalid, $"Import image {tag}: {instruction} is no instruction here.");
            }
        }

        var imported = DockerArchive.Create(tag, labels, command, fileSystem);
        if (entrypoint is null)
            return imported;
        var whole = JsonNode.Parse(imported.Config)!;
        whole["config"]!.AsObject()["Entrypoint"] = entrypoint;
        return imported with { Config = System.Text.Encoding.UTF8.GetBytes(whole.ToJsonString()) };
    }

    private static OptionValue.Text? Text(JsonNode? node) =>
        node?.GetValue<string>() is { Length: > 0 and < EngineImage.LongestDefault } text ? new OptionValue.Text(text) : null;

    private static OptionValue.Words? Words(JsonNode? node) => ToWords(node is JsonArray list ? [.. Strings(list)] : []);

    private static OptionValue.Words? Keys(JsonNode? node) =>
        ToWords(node is JsonObject set ? [.. set.Select(entry => entry.Key).Order(StringComparer.Ordinal)] : []);

    private static OptionValue.Words? ToWords(string[] words) =>
        words.Length > 0 && Fits(words) ? new OptionValue.Words(words.ToEquatableArray()) : null;

    private static OptionValue.Pairs? Pairs(JsonNode? node) =>
        node is JsonArray { Count: > 0 } list && Fits(Strings(list))
            ? new OptionValue.Pairs(new EquatableMap<string>(Strings(list)
                .Select(variable => variable.Split('=', 2))
                .GroupBy(parts => parts[0], parts => parts.ElementAtOrDefault(1) ?? "")
                .Select(same => KeyValuePair.Create(same.Key, same.Last()))))
            : null;

    private static OptionValue.Check? Check(JsonNode? node) =>
        node?["Test"] is JsonArray { Count: > 0 } test && Fits(Strings(test))
            ? new OptionValue.Check(new HealthCheck(
                [.. Strings(test).First() == "CMD-SHELL" ? ["/bin/sh", "-c"] : Array.Empty<string>(), .. Strings(test).Skip(1)],
                Time(node["Interval"]),
                Time(node["Timeout"]),
                Time(node["StartPeriod"]),
                node["Retries"]?.GetValue<int>() ?? 0))
            : null;

    private static TimeSpan Time(JsonNode? nanoseconds) =>
        TimeSpan.FromTicks((nanoseconds?.GetValue<long>() ?? 0) / NanosecondsPerTick);

    private static IEnumerable<string> Strings(JsonArray list) => list.Select(item => item!.GetValue<string>());

    private static bool Fits(IEnumerable<string> words) => words.Sum(word => word.Length) < EngineImage.LongestDefault;
}
