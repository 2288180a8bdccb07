using System.Collections.Immutable;
using NovaDocker.Domain.Options;

namespace NovaDocker.UserData;

/// <summary>What was read in user data. Nothing of it has been judged by the policy yet.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Asked">The options asked for, by name; those with a fault are left out.</param>
/// <param name="Notes">What is in there and will not be used, and why; a sentence each.</param>
/// <param name="Faults">What cannot be taken, in the order of the document.</param>
public sealed record UserDataReading(
    UserDataKind Kind,
    ImmutableSortedDictionary<string, AskedOption> Asked,
    ImmutableArray<string> Notes,
    ImmutableArray<UserDataFault> Faults)
{
    /// <summary>An empty document.</summary>
    public static readonly UserDataReading Empty =
        new(UserDataKind.ContainerOptions, ImmutableSortedDictionary<string, AskedOption>.Empty, [], []);

    /// <summary>The option asked for; null where it is not.</summary>
    public AskedOption? Find<TValue>(OptionKey<TValue> key)
        where TValue : OptionValue => Asked.GetValueOrDefault(key.Name);
}
