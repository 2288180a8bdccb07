using System.Collections.Immutable;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;

namespace NovaDocker.Adapters.Tests.Docker.Options;

/// <summary>Values of options, in few words.</summary>
internal static class Set
{
    public static KeyValuePair<string, OptionValue> To(OptionKey<OptionValue.Text> key, string value) =>
        new(key.Name, new OptionValue.Text(value));

    public static KeyValuePair<string, OptionValue> To(OptionKey<OptionValue.Number> key, long value) =>
        new(key.Name, new OptionValue.Number(value));

    public static KeyValuePair<string, OptionValue> On(OptionKey<OptionValue.Switch> key) =>
        new(key.Name, new OptionValue.Switch(true));

    public static KeyValuePair<string, OptionValue> To(OptionKey<OptionValue.Words> key, params string[] words) =>
        new(key.Name, new OptionValue.Words(words.ToEquatableArray()));

    public static KeyValuePair<string, OptionValue> To(OptionKey<OptionValue.Pairs> key, string name, string value) =>
        new(key.Name, new OptionValue.Pairs(new EquatableMap<string>([new(name, value)])));

    public static ContainerOptions Of(params ImmutableArray<KeyValuePair<string, OptionValue>> options) =>
        new(new EquatableMap<OptionValue>(options));
}
