using System.Collections.Immutable;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Options.Forms;

namespace NovaDocker.UserData.Options;

/// <summary>
/// Every option that user data may set, a row each. What reads documents, the user guide and the help of the command line all
/// go by this table, so a new option is a new row.
/// </summary>
public static partial class OptionTable
{
    /// <summary>The rows, in the order of the user guide.</summary>
    public static ImmutableArray<OptionRow> Rows { get; } =
    [
        .. ProcessRows(), .. ResourceRows(), .. StorageRows(), .. NetworkRows(), .. SecurityRows(), .. KeepingRows(),
        .. OtherRows(),
    ];

    /// <summary>A row for an option, whose form reads all of its keys that have none of their own.</summary>
    private static OptionRow Row<TValue>(
        OptionKey<TValue> option,
        Form<TValue> form,
        string type,
        string target,
        string policy,
        string text,
        params UserDataKey[] keys)
        where TValue : OptionValue =>
        Row(option.Name, spot => Setting.Of(option, form(spot)), type, target, policy, text, keys);

    /// <summary>
    /// A row for keys that set no option of their own, or, without a form, for an option whose keys all bring theirs because they
    /// set another one, too.
    /// </summary>
    private static OptionRow Row(
        string? option, KeyForm? form, string type, string target, string policy, string text, params UserDataKey[] keys) =>
        new(
            option,
            keys.Select(key => key.Form is null ? key with { Form = form } : key).ToEquatableArray(),
            type,
            target,
            policy.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToEquatableArray(),
            text);

    /// <summary>The Engine's key at the top.</summary>
    private static UserDataKey Engine(string name) => new(name, Vocabulary.Engine, KeyPlaces.Root);

    /// <summary>The Engine's key in <c>HostConfig</c>.</summary>
    private static UserDataKey EngineHost(string name) => new(name, Vocabulary.Engine, KeyPlaces.HostConfig);

    /// <summary>The Engine's key that was at the top once and is in <c>HostConfig</c> now.</summary>
    private static UserDataKey EngineMoved(string name) => new(name, Vocabulary.Engine, KeyPlaces.Anywhere);

    /// <summary>A parameter of docker-py's <c>create_container</c>.</summary>
    private static UserDataKey Py(string name) => new(name, Vocabulary.DockerPy, KeyPlaces.Root);

    /// <summary>A parameter of docker-py's <c>create_host_config</c>, which its <c>run</c> takes at the top.</summary>
    private static UserDataKey PyHost(string name) => new(name, Vocabulary.DockerPy, KeyPlaces.Anywhere);
}
