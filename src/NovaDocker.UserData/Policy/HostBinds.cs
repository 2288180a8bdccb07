namespace NovaDocker.UserData.Policy;

/// <summary>
/// Binds of the host's paths, <c>/host/path:/container/path:mode</c>, under <c>novadocker.policy.host-paths</c>. They are judged at
/// admission and once more right before the Engine mounts them, which it does at each start: links may have changed meanwhile.
/// </summary>
public static class HostBinds
{
    /// <summary>Judges a bind as it was asked for. Makes nothing.</summary>
    public static HostBind Admit(string bind, ContainerPolicy policy, IHostPaths paths) => new HostPathTable(policy, paths).Admit(bind);

    /// <summary>
    /// Judges a bind right before a container is made, and makes its directory where that is missing and its rule has create on. The
    /// Engine itself is never to make any: it would follow links.
    /// </summary>
    public static HostBind Make(string bind, ContainerPolicy policy, IHostDirectories directories)
    {
        var admitted = Admit(bind, policy, directories);
        if (!admitted.IsMissing)
            return admitted;

        var source = admitted.Source!;
        try
        {
            var root = directories.Resolve(LexicalPath.Normalize(admitted.Rule!.Path)).Path;
            if (!LexicalPath.IsAbove(root, source))
                return HostBind.Refused(Changed(source));
            directories.MakeDirectories(root, [.. LexicalPath.Components(source[root.Length..])]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HostBind.Refused($"'{source}' cannot be made on the host: {e.Message}");
        }

        var made = Admit(bind, policy, directories);
        return made is { Problem: null } && (made.IsMissing || made.Source != source) ? HostBind.Refused(Changed(source)) : made;
    }

    /// <summary>
    /// Why a container must not be started with a bind that it was made with; null where it may be. The Engine looks the path up
    /// anew at each start, and a tenant who can write above it may have put a link there since.
    /// </summary>
    /// <param name="resolved">The bind as the container has it: <see cref="HostBind.Resolved"/> of when it was made.</param>
    /// <param name="policy">The policy of today.</param>
    /// <param name="paths">The host's file system.</param>
    public static string? ProblemAtStart(string resolved, ContainerPolicy policy, IHostPaths paths)
    {
        var today = Admit(resolved, policy, paths);
        if (today.Problem is not null)
            return today.Problem;
        return today.IsMissing || today.Resolved != resolved ? Changed(resolved.Split(':')[0]) : null;
    }

    private static string Changed(string source) =>
        $"'{source}' on the host is not what it was when the bind was allowed; somebody moved it, or put a link in its way.";
}
