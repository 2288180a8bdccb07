using NovaDocker.Domain.Options;

namespace NovaDocker.Actors.Docker;

/// <summary>What options have mounted into a container: the Engine takes one mount for each place.</summary>
internal static class MountTargets
{
    /// <summary>The absolute paths in the container.</summary>
    public static IEnumerable<string> Of(ContainerOptions options) => options.Words(OptionKeys.Binds).Select(OfBind)
        .Concat(options.Words(OptionKeys.Volumes)).Concat(options.Pairs(OptionKeys.Tmpfs).Keys);

    /// <summary>The path in the container of a bind, <c>/host/path:/container/path:mode</c>.</summary>
    public static string OfBind(string bind) => bind.Split(':')[1];
}
