using System.Globalization;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Options;

/// <summary>What <c>novadocker show</c> tells of an instance's options: the effective value of each, and who set it.</summary>
public static class OptionViews
{
    /// <summary>Values longer than this are cut, characters: views travel in messages that are bounded.</summary>
    public const int MaxValue = 1024;

    /// <summary>The network of an instance that was given none.</summary>
    public const string NoNetwork = "none";

    private const long MiB = 1024 * 1024;
    private const int SharesPerVcpu = 1024;

    /// <summary>
    /// Every option that has a value, in the order of their names. Where the Engine unites an image's values with ours
    /// (ports, volumes, labels), a name comes twice: ours first, then what the image adds.
    /// </summary>
    public static EquatableArray<OptionView> Of(InstanceFacts facts)
    {
        var spec = facts.Spec;
        var own = Of(spec).ToList();
        void Default(string name, OptionValue value, OptionSource source)
        {
            if (!spec.Options.Values.ContainsKey(name))
                own.Add(View(spec, name, value, source));
        }

        Default(OptionKeys.Memory.Name, new OptionValue.Number(spec.MemoryMb * MiB), OptionSource.Flavor);
        Default(OptionKeys.CpuShares.Name, new OptionValue.Number((long)spec.Vcpus * SharesPerVcpu), OptionSource.Flavor);
        Default(OptionKeys.NetworkMode.Name, new OptionValue.Text(NoNetwork), OptionSource.Host);
        Default(OptionKeys.Hostname.Name, new OptionValue.Text(HostName.Of(spec.Name, facts.InstanceId)), OptionSource.Host);
        return own.Concat(ImageOptions.NotOverruled(facts.ImageDefaults, spec))
            .OrderBy(view => view.Name, StringComparer.Ordinal)
            .ToEquatableArray();
    }

    /// <summary>What was settled at its boot, in the order of the names: neither the image's nor what follows from the flavor.</summary>
    public static EquatableArray<OptionView> Of(InstanceSpec spec)
    {
        var views = spec.Options.Values.Select(entry => View(spec, entry.Key, entry.Value, OptionSource.Host)).ToList();
        void Add(string name, OptionValue value) => views.Add(View(spec, name, value, OptionSource.Request));

        if (!spec.Command.IsEmpty)
            Add(OptionKeys.Command.Name, new OptionValue.Words(spec.Command));
        if (spec.HealthCheck is { } check)
            Add(OptionKeys.HealthCheck.Name, new OptionValue.Check(check));
        if (spec.Upkeep.Restart.Mode != RestartMode.No)
            Add(OptionKeys.RestartPolicy.Name, new OptionValue.Restart(spec.Upkeep.Restart));
        foreach (var (name, value) in spec.Environment)
            Add(VariableName(name), new OptionValue.Text(value.ToString()));
        return views.OrderBy(view => view.Name, StringComparer.Ordinal).ToEquatableArray();
    }

    /// <summary>A value on one line, for people; of secrets, that there is one.</summary>
    public static string Text(OptionValue value)
    {
        var text = value switch
        {
            OptionValue.Text v => v.Value,
            OptionValue.Number v => v.Value.ToString(CultureInfo.InvariantCulture),
            OptionValue.Switch v => v.Value ? "on" : "off",
            OptionValue.Words v => string.Join(' ', v.Values),
            OptionValue.Pairs v => string.Join(' ', v.Values.Select(pair => $"{pair.Key}={pair.Value}")),
            OptionValue.SealedPairs v => string.Join(' ', v.Values.Select(pair => $"{pair.Key}={pair.Value}")),
            OptionValue.Check v => v.Value.Command.IsEmpty ? "off" : string.Join(' ', v.Value.Command),
            OptionValue.Restart v => v.Value.ToString(),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, "An option has no such value."),
        };
        if (text.Length <= MaxValue)
            return text;
        // A character outside the basic plane is not cut in two.
        var length = char.IsHighSurrogate(text[MaxValue - 1]) ? MaxValue - 1 : MaxValue;
        return $"{text.AsSpan(0, length)}…";
    }

    /// <summary>The name that an environment variable goes by among options.</summary>
    internal static string VariableName(string variable) => $"{OptionKeys.Environment.Name}.{variable}";

    private static OptionView View(InstanceSpec spec, string name, OptionValue value, OptionSource source) => new(
        name, Text(value), spec.Origins.TryGetValue(name, out var origin) ? origin : new OptionOrigin(source, ""));
}
