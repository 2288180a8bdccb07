using System.Globalization;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Options;

/// <summary>What <c>novadocker show</c> tells of an instance's options: the effective value of each, and who set it.</summary>
public static class OptionViews
{
    /// <summary>Values longer than this are cut, characters: views travel in pages.</summary>
    public const int MaxValue = 1024;

    private const long MiB = 1024 * 1024;

    /// <summary>Every option that has a value, in the order of their names.</summary>
    public static EquatableArray<OptionView> Of(InstanceFacts facts)
    {
        var spec = facts.Spec;
        var values = new SortedDictionary<string, (OptionValue Value, OptionOrigin Origin)>(StringComparer.Ordinal);
        void Set(string name, OptionValue value, OptionSource source) =>
            values[name] = (value, spec.Origins.TryGetValue(name, out var origin) ? origin : new OptionOrigin(source, ""));

        foreach (var (name, value) in facts.ImageDefaults.Values)
            values[name] = (value, new OptionOrigin(OptionSource.Image, ""));
        Set(OptionKeys.Memory.Name, new OptionValue.Number(spec.MemoryMb * MiB), OptionSource.Flavor);
        foreach (var (name, value) in spec.Options.Values)
            Set(name, value, OptionSource.Host);
        if (!spec.Command.IsEmpty)
            Set(OptionKeys.Command.Name, new OptionValue.Words(spec.Command), OptionSource.Request);
        if (spec.HealthCheck is { } check)
            Set(OptionKeys.HealthCheck.Name, new OptionValue.Check(check), OptionSource.Request);
        if (spec.Upkeep.Restart.Mode != RestartMode.No)
            Set(OptionKeys.RestartPolicy.Name, new OptionValue.Restart(spec.Upkeep.Restart), OptionSource.Request);
        foreach (var (name, value) in spec.Environment)
        {
            var variable = $"{OptionKeys.Environment.Name}.{name}";
            Set(variable, new OptionValue.Text(value.ToString()), OptionSource.Request);
        }

        return values.Select(entry => new OptionView(entry.Key, Text(entry.Value.Value), entry.Value.Origin)).ToEquatableArray();
    }

    /// <summary>A value for people.</summary>
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
        return text.Length <= MaxValue ? text : $"{text.AsSpan(0, MaxValue)}…";
    }
}
