namespace NovaDocker.UserData.Policy;

/// <summary>
/// Devices of the host, <c>/host/device:/container/device:rwm</c>, under <c>novadocker.policy.devices</c>. Compared is what paths
/// lead to: a link among the devices gives no more than the device itself.
/// </summary>
public static class HostDevices
{
    private const string Key = "devices";
    private const string Everything = "rwm";

    /// <summary>Judges a device.</summary>
    /// <returns>
    /// The device as the Engine is to have it, with links in the host's path resolved, and the rule that allows it; or why it is
    /// refused, a sentence that names the policy's key.
    /// </returns>
    public static (string? Resolved, DeviceRule? Rule, string? Problem) Admit(string device, ContainerPolicy policy, IHostPaths paths)
    {
        if (device.Split(':') is not [var asked, ['/', ..] target, { Length: > 0 } access] || !access.All(Everything.Contains))
            return Refused("/host/device:/container/device:rwm is expected, with any of r, w and m.");
        if (LexicalPath.Problem(asked) is { } problem)
            return Refused(problem);
        var allowed = PolicyText.Allows(Key, policy.Devices, "no device of the host");
        if (policy.Devices.IsEmpty || Resolve(paths, LexicalPath.Normalize(asked)) is not var (source, exists))
            return Refused(allowed);
        var rules = policy.Devices.Where(rule => Reaches(rule, source, paths)).ToList();
        if (rules.Count == 0 || LexicalPath.Problem(source) is not null)
            return Refused(allowed);
        if (rules.FirstOrDefault(rule => access.All(rule.Access.Contains)) is not { } fitting)
            return Refused($"{PolicyText.Key(Key)} allows {string.Join(", ", rules)}; no more access than that is expected.");
        return exists ? ($"{source}:{target}:{access}", fitting, null) : Refused("it does not exist on the host.");
    }

    private static bool Reaches(DeviceRule rule, string source, IHostPaths paths)
    {
        if (!rule.Path.EndsWith('*'))
            return Resolve(paths, LexicalPath.Normalize(rule.Path))?.Path == source;
        var slash = rule.Path.LastIndexOf('/');
        if (slash < 0 || Resolve(paths, LexicalPath.Normalize(rule.Path[..(slash + 1)])) is not var (directory, _))
            return false;
        var beginning = $"{(directory == "/" ? "" : directory)}{rule.Path[slash..^1]}";
        return source.Length > beginning.Length && source.StartsWith(beginning, StringComparison.Ordinal);
    }

    private static (string Path, bool Exists)? Resolve(IHostPaths paths, string path)
    {
        try
        {
            return paths.Resolve(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static (string? Resolved, DeviceRule? Rule, string? Problem) Refused(string problem) => (null, null, problem);
}
