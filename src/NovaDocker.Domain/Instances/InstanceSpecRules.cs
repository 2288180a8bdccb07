using NovaDocker.Domain.Vifs;

namespace NovaDocker.Domain.Instances;

/// <summary>What an <see cref="InstanceSpec"/> may say.</summary>
public static class InstanceSpecRules
{
    /// <summary>The least memory that an Engine accepts as a limit, MiB (6 MiB since Engine 20.10).</summary>
    public const long MinMemoryMb = 6;

    /// <summary>More memory than any host has, MiB: beyond it the number is a slip.</summary>
    public const long MaxMemoryMb = 16L * 1024 * 1024;

    /// <summary>More processors than any host has: beyond it the number is a slip.</summary>
    public const int MaxVcpus = 4096;

    /// <summary>The longest display name, characters (Nova's limit).</summary>
    public const int MaxNameLength = 255;

    /// <summary>
    /// The most that command, environment, options and all other free text together may take, bytes: the spec is an event
    /// and stays small.
    /// </summary>
    public const int MaxArgumentBytes = 32 * 1024;

    /// <summary>What is wrong with the display name of an instance or an image; null where nothing is.</summary>
    public static string? NameProblem(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return $"name is empty; give 1 to {MaxNameLength} characters.";
        if (name.Length > MaxNameLength)
            return $"name has {name.Length} characters; at most {MaxNameLength} are allowed.";
        return name.Any(char.IsControl) ? "name holds a control character; printable characters only." : null;
    }

    /// <summary>Everything that is wrong with the spec, each as one sentence with key, value and what would be right.</summary>
    public static IReadOnlyList<string> Problems(InstanceSpec spec)
    {
        var problems = new List<string>();
        if (NameProblem(spec.Name) is { } nameProblem)
            problems.Add(nameProblem);
        if (spec.MemoryMb is < MinMemoryMb or > MaxMemoryMb)
            problems.Add($"memory-mb is {spec.MemoryMb}; a number from {MinMemoryMb} to {MaxMemoryMb} is expected.");
        if (spec.Vcpus is < 1 or > MaxVcpus)
            problems.Add($"vcpus is {spec.Vcpus}; a number from 1 to {MaxVcpus} is expected.");

        foreach (var (name, _) in spec.Environment)
        {
            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || name.Any(char.IsControl))
                problems.Add($"env has a variable named '{name}'; a name has no '=' and no control character, and is not empty.");
        }

        if (spec.Command.Any(word => word.Contains('\0', StringComparison.Ordinal)))
            problems.Add("command holds a NUL character; no process can be given one.");

        if (spec.Upkeep.Restart is { Mode: not RestartMode.OnFailure, MaxRestarts: not 0 } restart)
            problems.Add($"restart has a maximum of {restart.MaxRestarts}; only on-failure may have one.");
        if (spec.Upkeep.Restart.MaxRestarts is < 0 or > RestartPolicy.MostRestarts)
        {
            problems.Add($"restart has a maximum of {spec.Upkeep.Restart.MaxRestarts}; a number from 0, for none, "
                + $"to {RestartPolicy.MostRestarts} is expected.");
        }

        if (spec.HealthCheck is { } check)
            problems.AddRange(Problems(check));

        if (spec.PublicKey is { } key && PublicKeys.Problem(key) is { } keyProblem)
            problems.Add($"public key {keyProblem}");

        problems.AddRange(VifRules.Problems(spec.Vifs));

        var parts = InstanceSpecSize.Of(spec);
        if (parts.Sum(part => part.Bytes) is > MaxArgumentBytes and var bytes)
        {
            problems.Add($"the instance's spec takes {bytes} bytes "
                + $"({string.Join(", ", parts.Select(part => $"{part.Part} {part.Bytes}"))}); at most {MaxArgumentBytes} are allowed.");
        }

        return problems;
    }

    private static IEnumerable<string> Problems(HealthCheck check)
    {
        if (check.Command.Any(word => word.Contains('\0', StringComparison.Ordinal)))
            yield return "health-cmd holds a NUL character; no process can be given one.";
        foreach (var (key, time) in new[]
        {
            ("health-interval", check.Interval), ("health-timeout", check.Timeout), ("health-start-period", check.StartPeriod),
        })
        {
            if (time != TimeSpan.Zero && (time < HealthCheck.Shortest || time > HealthCheck.Longest))
            {
                yield return $"{key} is {time}; zero, for the Engine's default, or a time from "
                    + $"{HealthCheck.Shortest.TotalMilliseconds} ms to {HealthCheck.Longest.TotalHours} h is expected.";
            }
        }

        if (check.Retries is < 0 or > HealthCheck.MostRetries)
        {
            yield return $"health-retries is {check.Retries}; a number from 0, for the Engine's default, to "
                + $"{HealthCheck.MostRetries} is expected.";
        }
    }
}
