using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NovaDocker.Http.Answers;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Problems;
using NovaDocker.Http.Requests;

namespace NovaDocker.Http.Routes;

/// <summary>Operations.</summary>
internal static class OperationRoutes
{
    public static void Map(IEndpointRouteBuilder routes, DoorKit kit) =>
        routes.MapGet($"{DoorRoutes.Prefix}/instances/{{{InstanceRoute.Id}}}/operations/{{{InstanceRoute.Operation}}}", context => GetAsync(context, kit));

    private static async Task GetAsync(HttpContext context, DoorKit kit)
    {
        var (instance, id) = (InstanceRoute.InstanceOf(context), InstanceRoute.OperationOf(context));
        var query = new QueryReader(context.Request);
        var revision = query.Number("revision", 0, long.MaxValue) ?? 0;
        var wait = query.Wait();
        query.Done();
        var operation = await Operations.FindAsync(kit, instance, id, context.RequestAborted).ConfigureAwait(false);
        if (operation is { State: "running" } && operation.Revision <= revision && wait > TimeSpan.Zero)
        {
            await Waiting.AskAsync(
                context, kit, wait,
                (patience, token) => kit.Client.AwaitRevisionAsync(instance, revision, patience, token)).ConfigureAwait(false);
            operation = await Operations.FindAsync(kit, instance, id, context.RequestAborted).ConfigureAwait(false);
        }

        await Answer.OkAsync(
            context,
            operation ?? throw new ProblemException(ProblemKind.NotFound, $"Instance {instance} never had an operation {id}.", instance))
            .ConfigureAwait(false);
    }
}
