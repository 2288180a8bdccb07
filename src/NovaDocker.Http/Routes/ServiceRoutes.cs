using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Hosts;
using NovaDocker.Http.Answers;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Machine;
using NovaDocker.Http.Problems;
using NovaDocker.Http.Requests;

namespace NovaDocker.Http.Routes;

/// <summary>The node itself: what it speaks, how it is, what its host has.</summary>
internal static class ServiceRoutes
{
    public static void Map(IEndpointRouteBuilder routes, DoorKit kit)
    {
        routes.MapGet("/", VersionsAsync);
        routes.MapGet(DoorRoutes.Description, DescriptionAsync);
        routes.MapGet($"{DoorRoutes.Prefix}/health", context => HealthAsync(context, kit));
        routes.MapGet($"{DoorRoutes.Prefix}/host", context => HostAsync(context, kit));
        routes.MapGet($"{DoorRoutes.Prefix}/metrics", context => MetricsAsync(context, kit));
    }

    private static Task VersionsAsync(HttpContext context)
    {
        new QueryReader(context.Request).Done();
        return Answer.OkAsync(context, new VersionsAnswer(
        [
            new VersionAnswer("v1", "current", [new LinkAnswer("self", DoorRoutes.Prefix), new LinkAnswer("describedby", DoorRoutes.Description)]),
        ]));
    }

    private static Task DescriptionAsync(HttpContext context)
    {
        new QueryReader(context.Request).Done();
        return Answer.TextAsync(context, Description.Text, "application/yaml; charset=utf-8");
    }

    private static async Task HealthAsync(HttpContext context, DoorKit kit)
    {
        new QueryReader(context.Request).Done();
        var host = await ViewAsync(context, kit).ConfigureAwait(false);
        string[] problems = [.. new[] { host.Problem, host.JournalProblem }.OfType<string>()];
        var isWell = problems.Length == 0 && host.EngineState == EngineState.Healthy;
        await Answer.OkAsync(context, new HealthAnswer(
            isWell ? "ok" : "degraded", EventDescription.Kebab(host.EngineState), host.JournalProblem is null ? "ok" : "away", problems))
            .ConfigureAwait(false);
    }

    private static async Task HostAsync(HttpContext context, DoorKit kit)
    {
        new QueryReader(context.Request).Done();
        var host = await ViewAsync(context, kit).ConfigureAwait(false);
        await Answer.OkAsync(context, HostAnswer.Of(host, CpuInfo.Read(), MachineUptime.Read(kit.Time), kit.StartedAt)).ConfigureAwait(false);
    }

    private static async Task MetricsAsync(HttpContext context, DoorKit kit)
    {
        new QueryReader(context.Request).Done();
        var host = await ViewAsync(context, kit).ConfigureAwait(false);
        var phases = new List<string>();
        await foreach (var view in kit.Client.ListInstancesAsync(cancellationToken: context.RequestAborted).ConfigureAwait(false))
        {
            if (view.Host == kit.Host)
                phases.Add(EventDescription.Kebab(view.Phase));
        }

        await Answer.TextAsync(context, Metrics.Text(host, phases, kit.Requests), Metrics.MediaType).ConfigureAwait(false);
    }

    private static async Task<HostView> ViewAsync(HttpContext context, DoorKit kit) =>
        (await kit.Client.ListHostsAsync(context.RequestAborted).ConfigureAwait(false)).FirstOrDefault(host => host.Id == kit.Host)
        ?? throw new ProblemException(ProblemKind.QueryFailed, "The node's host agent is not up at present.");
}
