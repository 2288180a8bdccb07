using System.Globalization;
using NovaDocker.Cli.UserData;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Options;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NovaDocker.Cli.Output;

/// <summary>User data and options for people. Values are a tenant's: none of them moves a terminal's cursor.</summary>
internal static class UserDataText
{
    /// <summary>What it was, on one line.</summary>
    public static string Summary(UserDataRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"{UserDataRecord.Describe(record.Kind)}; {record.Bytes} bytes, sha256 {record.Sha256}");

    /// <summary>What somebody who booted with it should know.</summary>
    public static IEnumerable<string> Notes(UserDataRecord record) =>
        (record.Kind == UserDataKind.ContainerOptions ? [] : new[] { $"The user data is {UserDataRecord.Describe(record.Kind)}." })
        .Concat(record.Notes.Select(note => $"User data: {PlainText.Line(note)}"));

    /// <summary>Options with their values, and where these come from.</summary>
    public static IRenderable Options(IEnumerable<OptionView> options)
    {
        var table = Tables.Of("OPTION", "VALUE", "FROM");
        foreach (var option in options)
        {
            table.AddRow(
                new Text(PlainText.Line(option.Name)), new Text(PlainText.Line(option.Value)),
                new Text(PlainText.Line(option.Origin.ToString())));
        }

        return table;
    }

    /// <summary>The guide to the options, a line for each.</summary>
    public static IRenderable Guide(IEnumerable<OptionRow> rows)
    {
        var table = Tables.Of("OPTION", "KEYS", "TYPE", "ENDS AT", "POLICY", "MEANING");
        foreach (var row in rows)
        {
            table.AddRow(
                new Text(row.Title), new Text(string.Join(", ", row.Keys)), new Text(row.Type), new Text(row.Target),
                new Text(string.Join(", ", row.PolicyKeys)), new Text(row.Text));
        }

        return table;
    }

    /// <summary>What a boot would make of a document.</summary>
    public static void Write(CliHost host, CheckedUserData userData)
    {
        host.Out.WriteLine(Summary(userData.Record));
        host.Out.WriteLine(userData.Policy is { } policy
            ? $"policy: {PlainText.Line(policy)}"
            : "policy: the default, which lets no tenant reach the host; --policy FILE takes a node's");
        if (!userData.Options.IsEmpty)
        {
            host.Out.WriteLine();
            Consoles.Write(host, Options(userData.Options));
        }

        if (userData.Record.Notes.IsEmpty)
            return;
        host.Out.WriteLine();
        foreach (var note in userData.Record.Notes)
            host.Out.WriteLine($"note: {PlainText.Line(note)}");
    }
}
