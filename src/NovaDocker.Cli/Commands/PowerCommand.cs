using System.CommandLine;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Commands;

/// <summary>A verb that takes an instance and little else: start, stop, pause, suspend, …</summary>
internal sealed class PowerCommand : VerbCommand
{
    private readonly Argument<string> _id = IdArgument();
    private readonly EngineAwayOption _engineAway = new();
    private readonly Option<bool> _noWait = NoWaitOption();
    private readonly Func<InstanceId, RequestContext, ParseResult, InstanceProtocol.VerbCommand> _make;
    private readonly bool _starts;

    public PowerCommand(
        CommandContext context,
        string name,
        string description,
        Func<InstanceId, RequestContext, ParseResult, InstanceProtocol.VerbCommand> make,
        bool starts,
        params Example[] examples)
        : base(context, name, description, examples)
    {
        _make = make;
        _starts = starts;
        Details = EngineAwayOption.Details;
        Add(_id);
        Add(_engineAway);
        Add(_noWait);
    }

    protected override async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var request = session.NewRequest();
        var id = await session.ResolveAsync(parse.GetRequiredValue(_id), cancellationToken).ConfigureAwait(false);
        var command = _make(id, request, parse) with { RefuseIfEngineAway = _engineAway.Refuses(parse) };
        return await Operations.RunAsync(
            session,
            new CommandDescription(Name, id, request.RequestId, _starts),
            token => session.Client.SendAsync(command, token),
            parse.GetValue(_noWait),
            cancellationToken).ConfigureAwait(false);
    }
}
