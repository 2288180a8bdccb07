using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Policy;

/// <summary>What the policy forbids. An option that is not named here cannot reach beyond its own container.</summary>
public static class PolicyRules
{
    /// <summary>Everything asked for that the policy does not allow, each element on its own, in the order of the options.</summary>
    /// <param name="reading">What is asked for.</param>
    /// <param name="policy">What is allowed.</param>
    /// <param name="paths">The file system of the host whose Engine would bind the paths.</param>
    public static IEnumerable<UserDataFault> Faults(UserDataReading reading, ContainerPolicy policy, IHostPaths paths)
    {
        var table = new HostPathTable(policy, paths);
        return
        [
            .. Switched(reading, OptionKeys.Privileged, "privileged", policy.Privileged),
            .. Switched(reading, OptionKeys.PublishAllPorts, "ephemeral-ports", policy.EphemeralPorts),
            .. Whole(reading, OptionKeys.NetworkMode, mode => NetworkProblem(mode, policy)),
            .. Whole(reading, OptionKeys.LogDriver, driver => Listed("log-drivers", policy.LogDrivers, driver, "no log driver")),
            .. Each(reading, OptionKeys.Binds, bind => table.Admit(bind).Problem),
            .. Each(reading, OptionKeys.Devices, device => HostDevices.Admit(device, policy, paths).Problem),
            .. Each(reading, OptionKeys.CapAdd, capability => CapabilityRules.Problem(capability, policy)),
            .. Each(reading, OptionKeys.SecurityOptions, option => Listed(
                "security-options", policy.SecurityOptions, option, "no security option")),
            .. Each(reading, OptionKeys.PublishedPorts, port => PublishedPort.Problem(port, policy)),
            .. Each(reading, OptionKeys.Links, _ => On("links", policy.Links)),
            .. Each(reading, OptionKeys.VolumesFrom, _ => On("volumes-from", policy.VolumesFrom)),
            .. Each(reading, OptionKeys.DeviceRequests, _ => On("device-requests", policy.DeviceRequests)),
            .. Each(reading, OptionKeys.Ulimits, limit => UlimitProblem(limit, policy)),
            .. EachPair(reading, OptionKeys.Sysctls, (name, _) => SysctlProblem(name, policy)),
            .. EachPair(reading, OptionKeys.LogOptions, (name, _) => Named(
                "log-options", policy.LogOptions, name, "no option of a log driver")),
            .. EachPair(reading, OptionKeys.Labels, (name, _) => Named("labels", policy.Labels, name, "no label")),
            .. EachPair(reading, OptionKeys.Tmpfs, (path, options) => TmpfsRules.Problem(path, options)),
        ];
    }

    private static IEnumerable<UserDataFault> Switched(
        UserDataReading reading, OptionKey<OptionValue.Switch> option, string key, bool isAllowed)
    {
        if (!isAllowed && reading.Find(option) is { Value: OptionValue.Switch { Value: true } } asked)
            yield return new UserDataFault(asked.Mark, asked.Path, $"is on; {PolicyText.IsOff(key)}");
    }

    private static IEnumerable<UserDataFault> Whole(
        UserDataReading reading, OptionKey<OptionValue.Text> option, Func<string, string?> problemOf)
    {
        if (reading.Find(option) is { Value: OptionValue.Text { Value: var value } } asked && problemOf(value) is { } problem)
            yield return new UserDataFault(asked.Mark, asked.Path, $"is {PolicyText.Quoted(value)}; {problem}");
    }

    private static IEnumerable<UserDataFault> Each(
        UserDataReading reading, OptionKey<OptionValue.Words> option, Func<string, string?> problemOf)
    {
        if (reading.Find(option) is not { Value: OptionValue.Words { Values: var values } } asked)
            yield break;
        for (var i = 0; i < values.Count; i++)
        {
            if (problemOf(values[i]) is not { } problem)
                continue;
            var (mark, path) = asked.PlaceOf(i);
            yield return new UserDataFault(mark, path, $"is {PolicyText.Quoted(values[i])}; {problem}");
        }
    }

    /// <summary>Problems name what they are about themselves, since some values are nobody's business.</summary>
    private static IEnumerable<UserDataFault> EachPair(
        UserDataReading reading, OptionKey<OptionValue.Pairs> option, Func<string, string, string?> problemOf)
    {
        if (reading.Find(option) is not { Value: OptionValue.Pairs { Values: var values } } asked)
            yield break;
        var element = 0;
        foreach (var (name, value) in values)
        {
            var (mark, path) = asked.PlaceOf(element++);
            if (problemOf(name, value) is { } problem)
                yield return new UserDataFault(mark, path, problem);
        }
    }

    /// <summary>
    /// No instance ever joins the network of a container (<c>container:…</c>), whatever a policy says; <c>default</c> is the
    /// Engine's other word for its bridge.
    /// </summary>
    private static string? NetworkProblem(string mode, ContainerPolicy policy)
    {
        var network = mode == "default" ? "bridge" : mode;
        return network == "none" || (policy.NetworkModes.Contains(network) && !network.Contains(':', StringComparison.Ordinal))
            ? null
            : PolicyText.Allows("network-modes", policy.NetworkModes.Prepend("none").Distinct(), "");
    }

    private static string? UlimitProblem(string limit, ContainerPolicy policy) => limit.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        && policy.Ulimits.Contains(limit[..at])
            ? null
            : PolicyText.Allows("ulimits", policy.Ulimits, "no resource limit");

    /// <summary>A name that the kernel would read as a path elsewhere is none.</summary>
    private static string? SysctlProblem(string name, ContainerPolicy policy) =>
        name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-')
            && !name.Contains("..", StringComparison.Ordinal) && NameRules.Allow(policy.Sysctls, name)
            ? null
            : $"has {PolicyText.Quoted(name)}; {PolicyText.Allows("sysctls", policy.Sysctls, "no kernel parameter")}";

    private static string? Named(string key, IEnumerable<string> allowed, string name, string nothing) =>
        Listed(key, allowed, name, nothing) is { } problem ? $"has {PolicyText.Quoted(name)}; {problem}" : null;

    private static string? Listed(string key, IEnumerable<string> allowed, string value, string nothing) =>
        NameRules.Allow(allowed, value) ? null : PolicyText.Allows(key, allowed, nothing);

    private static string? On(string key, bool isAllowed) => isAllowed ? null : PolicyText.IsOff(key);
}
