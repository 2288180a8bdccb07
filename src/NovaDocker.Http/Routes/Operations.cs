using Microsoft.AspNetCore.Http;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Http.Answers;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Problems;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Http.Routes;

/// <summary>Finds operations, and answers commands with theirs.</summary>
internal static class Operations
{
    /// <summary>How often an operation is looked for that begins or ends just while it is.</summary>
    private const int Looks = 5;

    /// <summary>An operation as it is; null where the instance has none of that id, and never had.</summary>
    /// <exception cref="Wire.Client.InstanceNotFoundException">There is no such instance.</exception>
    public static async Task<OperationAnswer?> FindAsync(
        DoorKit kit, InstanceId instance, OperationId id, CancellationToken cancellationToken)
    {
        for (var look = 0; look < Looks; look++)
        {
            // First what is under way: what is not any more by then is in the history.
            var view = await kit.Client.GetInstanceAsync(instance, cancellationToken).ConfigureAwait(false)
                ?? throw new Wire.Client.InstanceNotFoundException(instance);
            if (view.Operation is { } current && current.Id == id)
                return OperationAnswer.UnderWay(view, current);
            if (await kit.Client.GetOperationAsync(instance, id, cancellationToken).ConfigureAwait(false) is not { } record)
                return null;
            if (record.End is { } end)
                return OperationAnswer.Ended(instance, record, end);
        }

        throw new ProblemException(ProblemKind.TimedOut, $"Operation {id} begins or ends just now; ask again.", instance);
    }

    /// <summary>Answers a command.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kit">Finds the operation.</param>
    /// <param name="verb">What was asked.</param>
    /// <param name="reply">What the instance said.</param>
    /// <exception cref="ProblemException">It was refused.</exception>
    public static async Task AnswerAsync(HttpContext context, DoorKit kit, InstanceVerb verb, CommandReply reply)
    {
        switch (reply)
        {
            case Accepted accepted:
                var operation = await FindAsync(kit, accepted.InstanceId, accepted.OperationId, context.RequestAborted).ConfigureAwait(false);
                context.Response.Headers.Location = InstanceRoute.PathOf(accepted.InstanceId, accepted.OperationId);
                await Answer.WriteAsync(
                    context, StatusCodes.Status202Accepted,
                    operation ?? throw new InvalidOperationException($"Operation {accepted.OperationId} was accepted and is not in the journal."))
                    .ConfigureAwait(false);
                break;
            case AlreadyDone done:
                var view = await kit.Client.GetInstanceAsync(done.InstanceId, context.RequestAborted).ConfigureAwait(false);
                await Answer.OkAsync(context, OperationAnswer.Needless(done.InstanceId, verb, view?.Revision ?? 0)).ConfigureAwait(false);
                break;
            case Refused refused:
                throw new ProblemException(ProblemKind.For(refused.Code), refused.Reason, refused.InstanceId);
            case NotFound missing:
                throw new ProblemException(ProblemKind.NotFound, $"There is no instance {missing.InstanceId}.", missing.InstanceId);
            default:
                throw new InvalidOperationException($"A command was answered by {reply.GetType().Name}.");
        }
    }
}
