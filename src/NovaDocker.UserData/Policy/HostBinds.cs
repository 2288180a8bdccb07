namespace NovaDocker.UserData.Policy;

/// <summary>Binds of paths of the host.</summary>
public static class HostBinds
{
    /// <summary>Admits one.</summary>
    public static (string? Resolved, HostPathRule? Rule, string? Problem) Admit(string bind, ContainerPolicy policy, IHostPaths paths) =>
        (bind, null, null);
}
