using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Http.Answers;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Problems;
using NovaDocker.Http.Requests;

namespace NovaDocker.Http.Routes;

/// <summary>The images in the Engine of this node's host.</summary>
internal static class ImageRoutes
{
    private const string Reference = "reference";

    public static void Map(IEndpointRouteBuilder routes, DoorKit kit)
    {
        routes.MapPost($"{DoorRoutes.Prefix}/images/{{{Reference}}}/pull", context => PullAsync(context, kit));
        routes.MapPost($"{DoorRoutes.Prefix}/images/collect", context => CollectAsync(context, kit));
    }

    private static async Task PullAsync(HttpContext context, DoorKit kit)
    {
        // Names of images hold slashes; a slash that is written %2F belongs to the name and comes through as it is.
        var reference = (context.Request.RouteValues[Reference] as string ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        new QueryReader(context.Request).Done();
        var caller = Caller.Of(context.Request);
        await RequestBody.ReadAsync(context.Request, _ => true).ConfigureAwait(false);
        var hosts = await kit.Client.PullImageAsync(
            new ComputeProtocol.PullImage(caller.Request, reference, kit.Host) { Token = caller.Token }, context.RequestAborted)
            .ConfigureAwait(false);
        var pull = hosts[0];
        await Answer.WriteAsync(
            context, pull.State == PullState.Pulling ? StatusCodes.Status202Accepted : StatusCodes.Status200OK, PullAnswer.Of(pull))
            .ConfigureAwait(false);
    }

    private static async Task CollectAsync(HttpContext context, DoorKit kit)
    {
        new QueryReader(context.Request).Done();
        _ = Caller.Of(context.Request);
        var kept = await RequestBody.ReadAsync(context.Request, ReadInUse).ConfigureAwait(false);
        var collected = (await kit.Client.CollectImagesAsync(kit.Host, kept, context.RequestAborted).ConfigureAwait(false))[0];
        if (collected.Problem is { } problem)
            throw new ProblemException(ProblemKind.QueryFailed, problem);
        var gone = collected.Images.ToLookup(image => image.Fate == ImageFate.Gone);
        await Answer.OkAsync(
            context,
            new CollectAnswer([.. gone[true].Select(CollectedImageAnswer.Of)], [.. gone[false].Select(CollectedImageAnswer.Of)]))
            .ConfigureAwait(false);
    }

    private static EquatableArray<ImageId> ReadInUse(BodyReader body)
    {
        var ids = new List<ImageId>();
        foreach (var text in body.Texts("inUse"))
        {
            if (ImageId.TryParse(text, out var id))
                ids.Add(id);
            else
                body.Fault("inUse", $"a list that holds '{text}'", "a list of UUIDs of images");
        }

        return ids.ToEquatableArray();
    }
}
