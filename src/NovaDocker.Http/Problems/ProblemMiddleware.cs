using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using NovaDocker.Domain.Common;
using NovaDocker.Http.Answers;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Routes;
using NovaDocker.Wire.Client;

namespace NovaDocker.Http.Problems;

/// <summary>Around every request: whatever ends it without an answer becomes a problem, and the request is counted.</summary>
/// <param name="next">The request itself.</param>
/// <param name="counts">Counts it.</param>
/// <param name="log">Gets defects.</param>
internal sealed partial class ProblemMiddleware(RequestDelegate next, RequestCounts counts, ILogger log)
{
    private const string NoRoute = "-";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            if (!context.Response.HasStarted && ProblemOf(context) is { } problem)
                await WriteAsync(context, problem).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, ProblemOf(context, e)).ConfigureAwait(false);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? NoRoute;
            counts.Add(context.Request.Method, route, context.Response.StatusCode);
        }
    }

    private static ProblemAnswer? ProblemOf(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound when context.GetEndpoint() is null => ProblemAnswer.Of(
            ProblemKind.NotFound, $"There is nothing at {context.Request.Path}; GET {DoorRoutes.Description} describes what there is."),
        StatusCodes.Status405MethodNotAllowed => ProblemAnswer.Of(
            ProblemKind.MethodNotAllowed,
            $"{context.Request.Path} does not take {context.Request.Method}; {context.Response.Headers.Allow} is expected."),
        _ => null,
    };

    private ProblemAnswer ProblemOf(HttpContext context, Exception exception)
    {
        var instance = InstanceId.TryParse(context.Request.RouteValues[InstanceRoute.Id] as string, out var id) ? id : (InstanceId?)null;
        switch (exception)
        {
            case ProblemException e:
                return ProblemAnswer.Of(e.Kind, e.Message, e.Instance ?? instance);
            case InstanceNotFoundException e:
                return ProblemAnswer.Of(ProblemKind.NotFound, e.Message, e.InstanceId);
            case QueryRefusedException e:
                return ProblemAnswer.Of(ProblemKind.For(e.Code), e.Message, instance);
            case QueryFailedException { Fault.Code: FaultCode.TimedOut } e:
                return ProblemAnswer.Of(ProblemKind.TimedOut, e.Message, instance);
            case QueryFailedException { Fault.Code: FaultCode.Invalid } e:
                return ProblemAnswer.Of(ProblemKind.InvalidArgument, e.Message, instance);
            case QueryFailedException e:
                return ProblemAnswer.Of(ProblemKind.QueryFailed, e.Message, instance);
            case HostUnreachableException e:
                return ProblemAnswer.Of(ProblemKind.TimedOut, e.Message, instance);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ProblemAnswer.Of(ProblemKind.TooBig, $"The body has far more than {HttpDoor.MaxBody} bytes, which are allowed at most.");
            case BadHttpRequestException e:
                return ProblemAnswer.Of(ProblemKind.InvalidArgument, e.Message);
            default:
                Failed(log, exception, context.Request.Method, context.Request.Path);
                return ProblemAnswer.Of(ProblemKind.Internal, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private static Task WriteAsync(HttpContext context, ProblemAnswer problem)
    {
        // What was said of the answer that did not come about does not hold for this one.
        context.Response.Headers.Location = default;
        return Answer.WriteAsync(context, problem.Status, problem, ProblemAnswer.MediaType);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} could not be answered.")]
    private static partial void Failed(ILogger log, Exception exception, string method, string path);
}
