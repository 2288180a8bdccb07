using Microsoft.AspNetCore.Http;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Http.Problems;

namespace NovaDocker.Http.Routes;

/// <summary>Where instances and their operations are found, and what of that a request names.</summary>
internal static class InstanceRoute
{
    /// <summary>The parameter that names the instance.</summary>
    public const string Id = "id";

    /// <summary>The parameter that names the operation.</summary>
    public const string Operation = "operation";

    /// <summary>The instance that a request is about.</summary>
    /// <exception cref="ProblemException">Its id is none.</exception>
    public static InstanceId InstanceOf(HttpContext context) =>
        InstanceId.TryParse(Value(context, Id), out var id)
            ? id
            : throw new ProblemException(
                ProblemKind.InvalidArgument, $"The instance's id is '{Value(context, Id)}'; a UUID is expected.");

    /// <summary>The operation that a request is about.</summary>
    /// <exception cref="ProblemException">Its id is none.</exception>
    public static OperationId OperationOf(HttpContext context) =>
        Guid.TryParse(Value(context, Operation), out var id)
            ? new OperationId(id)
            : throw new ProblemException(
                ProblemKind.InvalidArgument, $"The operation's id is '{Value(context, Operation)}'; a UUID is expected.");

    /// <summary>Where an operation is found.</summary>
    public static string PathOf(InstanceId instance, OperationId operation) =>
        $"{DoorRoutes.Prefix}/instances/{instance}/operations/{operation}";

    private static string Value(HttpContext context, string name) => context.Request.RouteValues[name] as string ?? "";
}
