using System.Collections.Immutable;

namespace NovaDocker.UserData.Documents;

/// <summary>What a reader made of a text.</summary>
/// <param name="Root">The tree, as far as it goes; null where there is none.</param>
/// <param name="Faults">What cannot be taken.</param>
/// <param name="IsWellFormed">False where the text does not follow the grammar at all; the last fault says where.</param>
internal sealed record TreeReading(UserDataNode? Root, ImmutableArray<UserDataFault> Faults, bool IsWellFormed);
