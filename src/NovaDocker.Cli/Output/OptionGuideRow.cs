using NovaDocker.UserData.Options;

namespace NovaDocker.Cli.Output;

/// <summary>A row of the table of options, for programs.</summary>
/// <param name="Option">The option, as <c>show</c> has it; null for keys that are known and set none of their own.</param>
/// <param name="Keys">The keys that set it, of both vocabularies.</param>
/// <param name="Type">What is written there, in few words.</param>
/// <param name="Target">Where it ends in the Engine's create call.</param>
/// <param name="PolicyKeys">The keys below <c>novadocker.policy</c> that have a say in it; none where any value is free.</param>
/// <param name="Documentation">What it does.</param>
internal sealed record OptionGuideRow(
    string? Option,
    IReadOnlyList<string> Keys,
    string Type,
    string Target,
    IReadOnlyList<string> PolicyKeys,
    string Documentation)
{
    public static OptionGuideRow Of(OptionRow row) =>
        new(row.Option, [.. row.Keys.Select(key => key.ToString())], row.Type, row.Target, [.. row.PolicyKeys], row.Text);
}
