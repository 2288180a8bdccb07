using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Compute;
using NovaDocker.Http.Answers;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Requests;

namespace NovaDocker.Http.Routes;

/// <summary>What the journal tells: the history of an instance, and what instances did by themselves.</summary>
internal static class HistoryRoutes
{
    public static void Map(IEndpointRouteBuilder routes, DoorKit kit)
    {
        routes.MapGet($"{DoorRoutes.Prefix}/instances/{{{InstanceRoute.Id}}}/history", context => HistoryAsync(context, kit));
        routes.MapGet($"{DoorRoutes.Prefix}/lifecycle", context => LifecycleAsync(context, kit));
    }

    private static async Task HistoryAsync(HttpContext context, DoorKit kit)
    {
        var id = InstanceRoute.InstanceOf(context);
        var query = new QueryReader(context.Request);
        var after = query.Number("after", 0, long.MaxValue - 1) ?? 0;
        var limit = (int)(query.Number("limit", 1, ComputeProtocol.MaxPage) ?? ComputeProtocol.MaxPage);
        query.Done();
        var entries = await kit.Client.GetHistoryPageAsync(
            new ComputeProtocol.GetHistory(id, after, limit), context.RequestAborted).ConfigureAwait(false);
        await Answer.OkAsync(
            context, new HistoryAnswer([.. entries.Select(HistoryRow.Of)], entries.IsEmpty ? null : entries[^1].Sequence))
            .ConfigureAwait(false);
    }

    private static async Task LifecycleAsync(HttpContext context, DoorKit kit)
    {
        var query = new QueryReader(context.Request);
        var after = query.Number("after", 0, long.MaxValue - 1);
        var wait = query.Wait();
        query.Done();
        var page = await Waiting.AskAsync(
            context, kit, wait, (patience, token) => kit.Client.AwaitLifecycleAsync(after, patience, token)).ConfigureAwait(false);
        await Answer.OkAsync(context, LifecycleAnswer.Of(page)).ConfigureAwait(false);
    }
}
