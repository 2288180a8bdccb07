using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Vifs;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Requests;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Http.Routes;

/// <summary>What may be done to an instance: an action each, with the members of its body.</summary>
internal static class ActionRoutes
{
    public static void Map(IEndpointRouteBuilder routes, DoorKit kit)
    {
        Command("start", (_, id, caller) => new Start(id, caller.Request));
        Command("stop", (body, id, caller) => new Stop(id, caller.Request) { Terms = new OperationTerms { Grace = GraceOf(body) } });
        Command("reboot", (body, id, caller) => new Reboot(id, caller.Request, IsHard(body)));
        Command("pause", (_, id, caller) => new Pause(id, caller.Request));
        Command("unpause", (_, id, caller) => new Unpause(id, caller.Request));
        Command("suspend", (_, id, caller) => new Suspend(id, caller.Request));
        Command("resume", (_, id, caller) => new Resume(id, caller.Request));
        Command("resize", (body, id, caller) => new Resize(id, caller.Request, SizeOf(body)) { Terms = PowerOf(body) });
        Command("confirm-resize", (_, id, caller) => new ConfirmResize(id, caller.Request));
        Command("revert-resize", (body, id, caller) => new RevertResize(id, caller.Request) { Terms = PowerOf(body) });
        Command("unrescue", (_, id, caller) => new Unrescue(id, caller.Request));
        Command("snapshot", (body, id, caller) => new Snapshot(id, caller.Request, TargetOf(body)) { Token = caller.Token });
        Command("detach-interface", (body, id, caller) => new DetachInterface(id, caller.Request, PortOf(body)));
        Action("attach-interface", InstanceVerb.AttachInterface, (body, id, caller) =>
        {
            var attach = new ComputeProtocol.AttachNic(id, caller.Request, NicOf(body));
            return token => kit.Client.AttachInterfaceAsync(attach, token);
        });
        Action("rescue", InstanceVerb.Rescue, (body, id, caller) =>
        {
            var rescue = new ComputeProtocol.RescueInstance(id, caller.Request, body.Text("image") ?? "") { Token = caller.Token };
            return token => kit.Client.RescueAsync(rescue, token);
        });

        // What is told is about the boot that waits.
        Action("vif-plugging", InstanceVerb.Boot, (body, id, caller) =>
        {
            var told = new TellVifPlugging(id, caller.Request, OutcomeOf(body), body.Text("detail") ?? "");
            return token => kit.Client.TellVifPluggingAsync(told, token);
        });
        routes.MapPost(PathOf("rebuild"), async context =>
        {
            var (id, caller) = Asked(context);
            var view = await kit.Client.GetInstanceAsync(id, context.RequestAborted).ConfigureAwait(false)
                ?? throw new InstanceNotFoundException(id);
            var rebuild = await RequestBody.ReadAsync(context.Request, body => BootReader.ReadRebuild(body, view, caller)).ConfigureAwait(false);
            var reply = await kit.Client.RebuildAsync(rebuild, context.RequestAborted).ConfigureAwait(false);
            await Operations.AnswerAsync(context, kit, InstanceVerb.Rebuild, reply).ConfigureAwait(false);
        });

        void Command(string action, Func<BodyReader, InstanceId, Caller, VerbCommand> read) =>
            routes.MapPost(PathOf(action), async context =>
            {
                var (id, caller) = Asked(context);
                var command = await RequestBody.ReadAsync(context.Request, body => read(body, id, caller)).ConfigureAwait(false);
                var reply = await kit.Client.SendAsync(command, context.RequestAborted).ConfigureAwait(false);
                await Operations.AnswerAsync(context, kit, command.Verb, reply).ConfigureAwait(false);
            });

        void Action(string action, InstanceVerb verb, Func<BodyReader, InstanceId, Caller, Func<CancellationToken, Task<CommandReply>>> read) =>
            routes.MapPost(PathOf(action), async context =>
            {
                var (id, caller) = Asked(context);
                var send = await RequestBody.ReadAsync(context.Request, body => read(body, id, caller)).ConfigureAwait(false);
                await Operations.AnswerAsync(context, kit, verb, await send(context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
            });
    }

    private static string PathOf(string action) => $"{DoorRoutes.Prefix}/instances/{{{InstanceRoute.Id}}}/actions/{action}";

    private static (InstanceId Id, Caller Caller) Asked(HttpContext context)
    {
        new QueryReader(context.Request).Done();
        return (InstanceRoute.InstanceOf(context), Caller.Of(context.Request));
    }

    private static bool IsHard(BodyReader body) => body.Parsed(
        "type", text => text switch
        {
            "hard" => true,
            "soft" => false,
            _ => (bool?)null,
        },
        "soft or hard", isRequired: true) ?? false;

    private static TimeSpan? GraceOf(BodyReader body) =>
        body.Number("graceSeconds", 0, (long)OperationTerms.LongestGrace.TotalSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static OperationTerms PowerOf(BodyReader body) => new() { LeavesStopped = !(body.Flag("powerOn") ?? true) };

    private static InstanceSize SizeOf(BodyReader body) => new(
        body.Number("memoryMb", InstanceSpecRules.MinMemoryMb, InstanceSpecRules.MaxMemoryMb, isRequired: true) ?? 0,
        (int)(body.Number("vcpus", 1, InstanceSpecRules.MaxVcpus, isRequired: true) ?? 0));

    private static VifPluggingOutcome OutcomeOf(BodyReader body) => body.Parsed(
        "outcome", text => text switch
        {
            "plugged" => VifPluggingOutcome.Plugged,
            "timed-out" => VifPluggingOutcome.TimedOut,
            "failed" => VifPluggingOutcome.Failed,
            _ => (VifPluggingOutcome?)null,
        },
        "plugged, timed-out or failed", isRequired: true) ?? VifPluggingOutcome.Failed;

    private static SnapshotTarget TargetOf(BodyReader body)
    {
        var name = body.Text("name", isRequired: true) ?? "";
        if (name.Length > 0 && InstanceSpecRules.NameProblem(name) is { } problem)
            body.Fault(problem);
        var image = body.Parsed("imageId", text => ImageId.TryParse(text, out var id) ? id : (ImageId?)null, "the UUID of an image");
        return new SnapshotTarget(image ?? CommanderIds.NewImageId(), name, PauseContainer: true);
    }

    private static PortId PortOf(BodyReader body) => body.Parsed(
        "portId", text => PortId.TryParse(text, out var port) ? port : (PortId?)null, "the UUID of a port", isRequired: true) ?? default;

    private static NicRequest NicOf(BodyReader body) =>
        new() { Vif = body.Object("vif", isRequired: true) is { } vif ? VifReader.Read(vif) : null };
}
