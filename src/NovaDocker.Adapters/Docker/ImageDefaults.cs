using Docker.DotNet.Models;
using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Adapters.Docker;

/// <summary>What an image says of the containers that are made of it, by the names of <see cref="OptionKeys"/>.</summary>
internal static class ImageDefaults
{
    /// <summary>The defaults; what an image does not set, or sets to too much, is not in them.</summary>
    public static ContainerOptions Of(DockerOCIImageConfig? image)
    {
        if (image is null)
            return ContainerOptions.None;

        var values = new Dictionary<string, OptionValue>(StringComparer.Ordinal);
        Add(values, OptionKeys.Entrypoint, image.Entrypoint);
        Add(values, OptionKeys.Command, image.Cmd);
        Add(values, OptionKeys.User, image.User);
        Add(values, OptionKeys.WorkingDir, image.WorkingDir);
        Add(values, OptionKeys.ExposedPorts, image.ExposedPorts?.Keys.Order(StringComparer.Ordinal));
        Add(values, OptionKeys.Volumes, image.Volumes?.Keys.Order(StringComparer.Ordinal));
        Add(values, OptionKeys.StopSignal, image.StopSignal);
        if (image.Env is { Count: > 0 } && Fits(image.Env) && !IsOfAnInstance(image))
            values[OptionKeys.Environment.Name] = new OptionValue.Pairs(ToPairs(image.Env));
        if (image.Healthcheck is { Test.Count: > 0 } check && Fits(check.Test))
            values[OptionKeys.HealthCheck.Name] = new OptionValue.Check(ToCheck(check, check.Test));
        return values.Count == 0 ? ContainerOptions.None : new ContainerOptions(new EquatableMap<OptionValue>(values));
    }

    /// <summary>
    /// True for what was committed of one of our containers. Its environment holds what that instance was given, which may
    /// be secret: it is not told.
    /// </summary>
    private static bool IsOfAnInstance(DockerOCIImageConfig image) =>
        image.Labels?.Keys.Any(label => label.StartsWith(Labels.Prefix, StringComparison.Ordinal)) ?? false;

    private static void Add(Dictionary<string, OptionValue> values, OptionKey<OptionValue.Text> key, string? text)
    {
        if (!string.IsNullOrEmpty(text) && Fits([text]))
            values[key.Name] = new OptionValue.Text(text);
    }

    private static void Add(
        Dictionary<string, OptionValue> values, OptionKey<OptionValue.Words> key, IEnumerable<string>? words)
    {
        var list = words?.ToEquatableArray() ?? [];
        if (!list.IsEmpty && Fits(list))
            values[key.Name] = new OptionValue.Words(list);
    }

    /// <summary>A variable that is set twice has its last value, one without a value has an empty one.</summary>
    private static EquatableMap<string> ToPairs(IEnumerable<string> environment)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in environment)
        {
            var (name, value) = variable.Split('=', 2) is [var left, var right] ? (left, right) : (variable, "");
            pairs[name] = value;
        }

        return new EquatableMap<string>(pairs);
    }

    private static HealthCheck ToCheck(HealthcheckConfig check, IList<string> test) => new(
        test[0] switch
        {
            "NONE" => [],
            "CMD-SHELL" => ["/bin/sh", "-c", .. test.Skip(1)],
            _ => [.. test.Skip(1)],
        },
        check.Interval ?? TimeSpan.Zero,
        check.Timeout ?? TimeSpan.Zero,
        check.StartPeriod ?? TimeSpan.Zero,
        (int)Math.Clamp(check.Retries ?? 0, 0, int.MaxValue));

    private static bool Fits(IEnumerable<string> words) => words.Sum(word => (long)word.Length) < EngineImage.LongestDefault;
}
