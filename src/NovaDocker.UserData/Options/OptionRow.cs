using NovaDocker.Domain.Common;
using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Options;

/// <summary>All there is to say of an option: its keys, and what becomes of it.</summary>
/// <param name="Option">One of <see cref="OptionKeys"/>; null for keys that are known and set no option of their own.</param>
/// <param name="Keys">Every key that sets it.</param>
/// <param name="Type">What is written there, in few words: <c>size</c>.</param>
/// <param name="Target">Where it ends in the Engine's create call of today: <c>HostConfig.Memory</c>.</param>
/// <param name="PolicyKeys">The keys below <c>novadocker.policy</c> that have a say in it; none where any value is free.</param>
/// <param name="Text">What it does, for the user guide: one line.</param>
public sealed record OptionRow(
    string? Option,
    EquatableArray<UserDataKey> Keys,
    string Type,
    string Target,
    EquatableArray<string> PolicyKeys,
    string Text)
{
    /// <summary>True where the same words in another order are another value.</summary>
    public bool OrderMatters { get; init; }

    /// <summary>What to call the row: the option, or the first key where it sets none.</summary>
    public string Title => Option ?? Keys[0].Name;
}
