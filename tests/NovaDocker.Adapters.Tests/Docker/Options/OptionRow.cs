using System.Collections.Immutable;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;

namespace NovaDocker.Adapters.Tests.Docker.Options;

/// <summary>An option, and how it shows that a container has it.</summary>
/// <param name="Name">The option's name, with a word more where it has several rows.</param>
/// <param name="Options">The option and what it needs beside it.</param>
/// <param name="Path">Where an inspect shows it, the parts set off by slashes.</param>
/// <param name="Json">What it shows there.</param>
/// <param name="Script">What the container is to do to show it from inside; null where there is nothing to be seen there.</param>
/// <param name="Output">A regular expression that the script's output matches.</param>
internal sealed record OptionRow(
    string Name,
    ImmutableArray<KeyValuePair<string, OptionValue>> Options,
    string Path,
    string Json,
    string? Script = null,
    string Output = "")
{
    /// <summary>Stands for the name of a second container.</summary>
    public const string Peer = "{peer}";

    /// <summary>The options, with the name of the second container put in.</summary>
    public ContainerOptions OptionsFor(string peer) => new(new EquatableMap<OptionValue>(Options.Select(
        option => KeyValuePair.Create(option.Key, option.Value is OptionValue.Words words
            ? new OptionValue.Words(words.Values.Select(w => w.Replace(Peer, peer, StringComparison.Ordinal)).ToEquatableArray())
            : option.Value))));

    /// <summary>What an inspect shows, with the name of the second container put in.</summary>
    public string JsonFor(string peer) => Json.Replace(Peer, peer, StringComparison.Ordinal);
}
