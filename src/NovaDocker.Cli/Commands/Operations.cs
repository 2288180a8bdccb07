using NovaDocker.Cli.Output;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cli.Commands;

/// <summary>The course of every command: sent, accepted or not, waited for, and told how it ended.</summary>
internal static class Operations
{
    /// <summary>Carries one out.</summary>
    /// <param name="session">The run.</param>
    /// <param name="command">What is asked, for the words.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="noWait">True returns after the acceptance.</param>
    /// <param name="cancellationToken">Ends the wait; the operation goes on.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        Session session, CommandDescription command, Func<CancellationToken, Task<CommandReply>> send, bool noWait, CancellationToken cancellationToken)
    {
        switch (await send(cancellationToken).ConfigureAwait(false))
        {
            case Refused refused:
                throw Failures.Refused(refused.Code, refused.Reason);

            case NotFound:
                throw CliException.NotFound($"There is no instance {command.InstanceId}.", "novadocker list --all shows every instance.");

            case Accepted accepted when noWait:
                var begun = await ViewAsync(session, command, cancellationToken).ConfigureAwait(false);
                await ReportAsync(session, command, begun, OperationOutcome.Accepted, accepted, cancellationToken).ConfigureAwait(false);
                return ExitCodes.Done;

            case Accepted accepted:
                var ended = await WaitAsync(session, command, accepted, cancellationToken).ConfigureAwait(false);
                var problem = Problem(command, ended);
                await ReportAsync(
                    session, command, ended, problem is null ? OperationOutcome.Done : OperationOutcome.Failed, accepted, cancellationToken)
                    .ConfigureAwait(false);
                return problem is null ? ExitCodes.Done : throw problem;

            case AlreadyDone:
                var resting = await ViewAsync(session, command, cancellationToken).ConfigureAwait(false);
                await ReportAsync(session, command, resting, OperationOutcome.AlreadyDone, null, cancellationToken).ConfigureAwait(false);
                return ExitCodes.Done;

            case var reply:
                throw new InvalidOperationException($"{reply.GetType().Name} is no answer to a command.");
        }
    }

    private static async Task<InstanceView> ViewAsync(Session session, CommandDescription command, CancellationToken cancellationToken) =>
        await session.Client.GetInstanceAsync(command.InstanceId, cancellationToken).ConfigureAwait(false)
            ?? throw CliException.NotFound($"There is no instance {command.InstanceId}.");

    private static async Task<InstanceView> WaitAsync(
        Session session, CommandDescription command, Accepted accepted, CancellationToken cancellationToken)
    {
        try
        {
            return await session.Output.TrackAsync<InstanceView, InstanceView>(
                command.Title,
                ProgressText.Of,
                progress => session.Client.WaitAsync(accepted, progress, cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new CliException(
                ExitCodes.Interrupted,
                "interrupted",
                $"No longer waiting; the {command.Verb} of {command.InstanceId} goes on.",
                $"novadocker show {command.InstanceId} tells where it stands, novadocker history {command.InstanceId} --follow what happens.");
        }
    }

    private static CliException? Problem(CommandDescription command, InstanceView ended)
    {
        var history = $"novadocker history {ended.Id} shows every step.";
        if (command.Verb == "delete")
        {
            return ended.Phase == InstancePhase.Deleted
                ? null
                : new CliException(ExitCodes.Failed, "failed", $"delete failed: {ended.Fault?.Message ?? "the instance is still there."}", history);
        }

        if (ended.Phase is InstancePhase.Deleting or InstancePhase.Deleted)
            return new CliException(ExitCodes.Failed, "cancelled", $"{command.Verb} was called off: the instance was deleted meanwhile.", history);
        if (ended.Fault is { } fault)
            return new CliException(ExitCodes.Failed, EventDescription.Kebab(fault.Code), $"{command.Verb} failed: {fault.Message}", history);
        if (ended.Phase == InstancePhase.Error)
            return new CliException(ExitCodes.Failed, "failed", $"{command.Verb} failed.", history);
        if (command.Starts && ended is { Phase: InstancePhase.Stopped, LastExit: { ExitCode: not 0 } exit })
        {
            return new CliException(
                ExitCodes.Failed, "exited", $"The instance started, and its process ended at once: {ExitText.Of(exit)}.",
                $"novadocker console {ended.Id} shows what it wrote.");
        }

        return null;
    }

    private static async Task ReportAsync(
        Session session,
        CommandDescription command,
        InstanceView view,
        OperationOutcome outcome,
        Accepted? accepted,
        CancellationToken cancellationToken)
    {
        var names = await session.HostNamesAsync(cancellationToken).ConfigureAwait(false);
        session.Output.Operation(new OperationReport(view, outcome, command, accepted?.OperationId), names);
        if (command.Verb == "boot" && view.UserData is { } userData)
            UserDataText.Notes(userData).ToList().ForEach(session.Output.Note);
        if (outcome == OperationOutcome.Done && view.Phase == InstancePhase.Restarting)
            session.Output.Note(RestartNote(view));
        if (command.Starts && outcome == OperationOutcome.Done && view is { Phase: InstancePhase.Stopped, LastExit: { ExitCode: 0 } })
            session.Output.Note("The instance's process has ended already, with exit code 0.");
    }

    private static string RestartNote(InstanceView view)
    {
        var cause = view.LastExit is { } exit ? $"The instance's process has ended ({ExitText.Of(exit)}); it" : "The instance";
        var when = view.Operation is { Attempt: 0, RetryAt: { } at } ? $" at {ProgressText.Clock(at)}" : "";
        return $"{cause} is started again by its own policy{when}, restart {view.Restarts} in a row.";
    }
}

/// <summary>What was asked, in words.</summary>
/// <param name="Verb">The verb, as on the command line.</param>
/// <param name="InstanceId">Of which instance.</param>
/// <param name="RequestId">By which request.</param>
/// <param name="Starts">True where the instance is to run afterwards.</param>
/// <param name="NewImageId">The image to be made; null where none is.</param>
internal sealed record CommandDescription(
    string Verb, Domain.Common.InstanceId InstanceId, string RequestId, bool Starts = false, ImageId? NewImageId = null)
{
    /// <summary>For the progress.</summary>
    public string Title => $"{Verb} {InstanceId}";
}
