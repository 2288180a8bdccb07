using System.Globalization;
using System.Text;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Options;

/// <summary>What of an image's own settings still holds beside those of an instance, by the Engine's rules.</summary>
internal static class ImageOptions
{
    /// <summary>
    /// The most text of the image's that is told, bytes: an image may hold any number of labels and variables, and a
    /// message does not.
    /// </summary>
    public const int MaxBytes = 24 * 1024;

    /// <summary>The image's values, in the order of their names, without those that the instance overrules.</summary>
    public static IEnumerable<OptionView> NotOverruled(ContainerOptions image, InstanceSpec spec)
    {
        var bytes = 0;
        var omitted = 0;
        foreach (var (name, value) in image.Values.SelectMany(entry => Left(entry.Key, entry.Value, spec)))
        {
            var view = new OptionView(name, OptionViews.Text(value), new OptionOrigin(OptionSource.Image, ""));
            bytes += Encoding.UTF8.GetByteCount(view.Name) + Encoding.UTF8.GetByteCount(view.Value);
            if (bytes > MaxBytes)
                omitted++;
            else
                yield return view;
        }

        if (omitted > 0)
        {
            yield return new OptionView(
                "…", string.Create(CultureInfo.InvariantCulture, $"{omitted} more that the image sets"),
                new OptionOrigin(OptionSource.Image, ""));
        }
    }

    private static IEnumerable<(string Name, OptionValue Value)> Left(string name, OptionValue value, InstanceSpec spec)
    {
        if (name == OptionKeys.Environment.Name && value is OptionValue.Pairs { Values: var variables })
        {
            return variables.Where(variable => !spec.Environment.ContainsKey(variable.Key))
                .Select(variable => (OptionViews.VariableName(variable.Key), (OptionValue)new OptionValue.Text(variable.Value)));
        }

        return Rest(name, value, spec) is { } rest ? [(name, rest)] : [];
    }

    /// <summary>What is left of a value; null where nothing is.</summary>
    private static OptionValue? Rest(string name, OptionValue value, InstanceSpec spec)
    {
        var options = spec.Options;
        return (name, value) switch
        {
            // An entrypoint in place of the image's takes the image's command away with it; a command leaves the entrypoint.
            (_, _) when name == OptionKeys.Command.Name =>
                spec.Command.IsEmpty && !options.TryGet(OptionKeys.Entrypoint, out _) ? value : null,
            (_, _) when name == OptionKeys.HealthCheck.Name => spec.HealthCheck is null ? value : null,
            (_, OptionValue.Words words) when name == OptionKeys.ExposedPorts.Name =>
                Except(words, options.Words(OptionKeys.ExposedPorts)),
            (_, OptionValue.Words words) when name == OptionKeys.Volumes.Name => Except(words, MountPoints(options)),
            (_, OptionValue.Pairs pairs) when name == OptionKeys.Labels.Name =>
                Except(pairs, options.Pairs(OptionKeys.Labels)),
            _ => options.Values.ContainsKey(name) ? null : value,
        };
    }

    private static IEnumerable<string> MountPoints(ContainerOptions options) =>
        options.Words(OptionKeys.Volumes)
            .Concat(options.Words(OptionKeys.Binds).Select(bind => bind.Split(':')).Where(parts => parts.Length > 1).Select(parts => parts[1]))
            .Concat(options.Pairs(OptionKeys.Tmpfs).Keys);

    private static OptionValue.Words? Except(OptionValue.Words words, IEnumerable<string> overruled)
    {
        var left = words.Values.Except(overruled, StringComparer.Ordinal).ToEquatableArray();
        return left.IsEmpty ? null : new OptionValue.Words(left);
    }

    private static OptionValue.Pairs? Except(OptionValue.Pairs pairs, EquatableMap<string> overruled)
    {
        var left = new EquatableMap<string>(pairs.Values.Where(pair => !overruled.ContainsKey(pair.Key)));
        return left.Count == 0 ? null : new OptionValue.Pairs(left);
    }
}
