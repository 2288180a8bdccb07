using System.CommandLine;
using NovaDocker.Domain.Common;

namespace NovaDocker.Cli.Commands;

/// <summary><c>--host</c>: one host in place of all.</summary>
internal sealed class HostOption : Option<string?>
{
    public HostOption(string description)
        : base("--host")
    {
        HelpName = "ID";
        Description = description;
    }

    /// <summary>The host meant; null for every one.</summary>
    public HostId? Chosen(ParseResult parse) => parse.GetValue(this) switch
    {
        null => null,
        "" => throw CliException.Usage("--host is empty; the id of a host is expected.", "novadocker hosts shows the ids."),
        var id => new HostId(id),
    };
}
