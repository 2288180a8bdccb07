namespace NovaDocker.Cli.UserData;

/// <summary>A container option that user data may set, as the guide tells of it.</summary>
/// <param name="Option">Its name, as <c>novadocker show</c> has it.</param>
/// <param name="Keys">The keys that set it, of both vocabularies.</param>
/// <param name="Type">What is written there, in few words.</param>
/// <param name="Target">Where it ends in the Engine's create call.</param>
/// <param name="PolicyKeys">The keys below <c>novadocker.policy</c> that have a say in it; none where any value is free.</param>
/// <param name="Documentation">What it does, one line.</param>
internal sealed record OptionGuideRow(
    string Option,
    IReadOnlyList<string> Keys,
    string Type,
    string Target,
    IReadOnlyList<string> PolicyKeys,
    string Documentation);
