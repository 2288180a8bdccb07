using System.Collections.Immutable;

namespace NovaDocker.UserData.Options;

/// <summary>What a document asks for, in options.</summary>
/// <param name="Asked">The options by name; those with a fault are left out.</param>
/// <param name="Notes">What is in there and is not used, and why; a sentence each, in the order of the document.</param>
/// <param name="Faults">What cannot be taken, in the order of the document.</param>
public sealed record OptionTranslation(
    ImmutableSortedDictionary<string, AskedOption> Asked,
    ImmutableArray<string> Notes,
    ImmutableArray<UserDataFault> Faults);
