using Microsoft.AspNetCore.Routing;
using NovaDocker.Http.Hosting;

namespace NovaDocker.Http.Routes;

/// <summary>Everything that the door answers; <c>openapi.yaml</c> describes each, and a test holds the two together.</summary>
internal static class DoorRoutes
{
    /// <summary>What all paths of this version begin with.</summary>
    public const string Prefix = "/v1";

    /// <summary>Where the description is found.</summary>
    public const string Description = $"{Prefix}/openapi.yaml";

    /// <summary>Puts them into an application.</summary>
    public static void Map(IEndpointRouteBuilder routes, DoorKit kit)
    {
        ServiceRoutes.Map(routes, kit);
        InstanceRoutes.Map(routes, kit);
        ActionRoutes.Map(routes, kit);
        OperationRoutes.Map(routes, kit);
        HistoryRoutes.Map(routes, kit);
        ImageRoutes.Map(routes, kit);
    }
}
