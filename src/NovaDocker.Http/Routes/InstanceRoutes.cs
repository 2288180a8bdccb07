using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;
using NovaDocker.Http.Answers;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Requests;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Http.Routes;

/// <summary>Instances: which there are, what is known of one, its beginning and its end.</summary>
internal static class InstanceRoutes
{
    private const string One = $"{DoorRoutes.Prefix}/instances/{{{InstanceRoute.Id}}}";

    private const int MaxLines = 10_000;
    private const int DefaultLines = 1_000;

    public static void Map(IEndpointRouteBuilder routes, DoorKit kit)
    {
        routes.MapGet($"{DoorRoutes.Prefix}/instances", context => ListAsync(context, kit));
        routes.MapGet(One, context => GetAsync(context, kit));
        routes.MapPut(One, context => BootAsync(context, kit));
        routes.MapDelete(One, context => DeleteAsync(context, kit));
        routes.MapGet($"{One}/console", context => ConsoleAsync(context, kit));
        routes.MapGet($"{One}/diagnostics", context => DiagnosticsAsync(context, kit));
    }

    private static async Task ListAsync(HttpContext context, DoorKit kit)
    {
        var query = new QueryReader(context.Request);
        var isDeletedToo = query.OneOf("deleted", "false", "true") == "true";
        var limit = (int)(query.Number("limit", 1, ComputeProtocol.MaxPage) ?? ComputeProtocol.MaxPage);
        var after = query.Instance("after");
        query.Done();
        var page = await kit.Client.GetInstancePageAsync(
            new ComputeProtocol.ListInstances(after, limit, isDeletedToo), context.RequestAborted).ConfigureAwait(false);
        await Answer.OkAsync(
            context,
            new InstancesAnswer(
                [.. page.Instances.Where(view => view.Host == kit.Host).Select(view => new InstanceAnswer(view))],
                page.Next?.ToString())).ConfigureAwait(false);
    }

    private static async Task GetAsync(HttpContext context, DoorKit kit)
    {
        var id = InstanceRoute.InstanceOf(context);
        var query = new QueryReader(context.Request);
        var revision = query.Number("revision", 0, long.MaxValue) ?? 0;
        var wait = query.Wait();
        query.Done();
        var view = await Waiting.AskAsync(
            context, kit, wait,
            async (patience, token) => patience > TimeSpan.Zero
                ? await kit.Client.AwaitRevisionAsync(id, revision, patience, token).ConfigureAwait(false)
                : await kit.Client.GetInstanceAsync(id, token).ConfigureAwait(false)).ConfigureAwait(false);
        await Answer.OkAsync(context, new InstanceAnswer(view ?? throw new InstanceNotFoundException(id))).ConfigureAwait(false);
    }

    private static async Task BootAsync(HttpContext context, DoorKit kit)
    {
        var id = InstanceRoute.InstanceOf(context);
        new QueryReader(context.Request).Done();
        var caller = Caller.Of(context.Request);
        var boot = await RequestBody.ReadAsync(context.Request, body => BootReader.Read(body, id, caller, kit.Host)).ConfigureAwait(false);
        var reply = await kit.Client.BootAsync(boot, context.RequestAborted).ConfigureAwait(false);
        await Operations.AnswerAsync(context, kit, InstanceVerb.Boot, reply).ConfigureAwait(false);
    }

    private static async Task DeleteAsync(HttpContext context, DoorKit kit)
    {
        var id = InstanceRoute.InstanceOf(context);
        var query = new QueryReader(context.Request);
        var isKept = query.OneOf("disks", "remove", "keep") == "keep";
        query.Done();
        var request = Caller.Of(context.Request).Request;
        VerbCommand command = isKept ? new Stop(id, request) : new Delete(id, request);
        var reply = await kit.Client.SendAsync(command, context.RequestAborted).ConfigureAwait(false);
        await Operations.AnswerAsync(context, kit, command.Verb, reply).ConfigureAwait(false);
    }

    private static async Task ConsoleAsync(HttpContext context, DoorKit kit)
    {
        var id = InstanceRoute.InstanceOf(context);
        var query = new QueryReader(context.Request);
        var lines = (int)(query.Number("lines", 1, MaxLines) ?? DefaultLines);
        query.Done();
        var console = await kit.Client.GetConsoleOutputAsync(id, lines, context.RequestAborted).ConfigureAwait(false);
        await Answer.OkAsync(context, new ConsoleAnswer(console.Text, console.Truncated)).ConfigureAwait(false);
    }

    private static async Task DiagnosticsAsync(HttpContext context, DoorKit kit)
    {
        var id = InstanceRoute.InstanceOf(context);
        new QueryReader(context.Request).Done();
        var view = await kit.Client.GetInstanceAsync(id, context.RequestAborted).ConfigureAwait(false)
            ?? throw new InstanceNotFoundException(id);
        var ports = await kit.Client.GetDiagnosticsAsync(id, context.RequestAborted).ConfigureAwait(false);
        var usage = await UsageAsync(context, kit, view).ConfigureAwait(false);
        await Answer.OkAsync(context, DiagnosticsAnswer.Of(view, ports, usage, kit.Time.GetUtcNow())).ConfigureAwait(false);
    }

    /// <summary>Where nothing can be read of its container, the rest is told all the same.</summary>
    private static async Task<ContainerUsage?> UsageAsync(HttpContext context, DoorKit kit, InstanceView view)
    {
        try
        {
            return await kit.Client.GetUsageAsync(view.Id, context.RequestAborted).ConfigureAwait(false);
        }
        catch (QueryRefusedException e) when (e.Code is RefusalCode.NoContainer or RefusalCode.NoHost)
        {
            return null;
        }
    }
}
