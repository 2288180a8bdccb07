using NovaDocker.Cli.UserData;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Options;

namespace NovaDocker.Cli.Output;

/// <summary>An option for programs.</summary>
/// <param name="Name">The option.</param>
/// <param name="Value">Its value; of secrets, that there is one.</param>
/// <param name="Source">Who set it: <c>user-data</c>, <c>flavor</c>, …</param>
/// <param name="Key">By which key, with its place; empty where there is none.</param>
internal sealed record OptionViewRow(string Name, string Value, string Source, string Key)
{
    public static OptionViewRow Of(OptionView view) =>
        new(view.Name, view.Value, EventDescription.Kebab(view.Origin.Source), view.Origin.Key);
}

/// <summary>What user data was, for programs.</summary>
internal sealed record UserDataRecordRow(string Kind, string Sha256, int Bytes, IReadOnlyList<string> Notes)
{
    public static UserDataRecordRow Of(UserDataRecord record) =>
        new(EventDescription.Kebab(record.Kind), record.Sha256, record.Bytes, [.. record.Notes]);
}

/// <summary>User data that a boot would take, for programs.</summary>
/// <param name="Kind">What it is: <c>container-options</c>, <c>script</c>, …</param>
/// <param name="Sha256">Of its bytes.</param>
/// <param name="Bytes">How many.</param>
/// <param name="Policy">The file of the policy; null for the default one.</param>
/// <param name="Options">What it would set.</param>
/// <param name="Notes">What of it would not be used, and what only a boot can tell.</param>
internal sealed record UserDataRow(
    string Kind, string Sha256, int Bytes, string? Policy, IReadOnlyList<OptionViewRow> Options, IReadOnlyList<string> Notes)
{
    public static UserDataRow Of(CheckedUserData userData) => new(
        EventDescription.Kebab(userData.Record.Kind), userData.Record.Sha256, userData.Record.Bytes, userData.Policy,
        [.. userData.Options.Select(OptionViewRow.Of)], [.. userData.Record.Notes]);
}
