using NovaDocker.UserData.Policy;

namespace NovaDocker.Cli.UserData;

/// <summary>An operator's policy in a HOCON file: the node's own configuration, or one with <c>novadocker.policy</c> alone.</summary>
internal static class PolicyFile
{
    /// <summary>The policy.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">Reads it; gives the policy, or a sentence for all that is wrong.</param>
    /// <exception cref="CliException">It cannot be read, or says what no policy can.</exception>
    public static ContainerPolicy Read(string file, Func<string, (ContainerPolicy? Policy, IReadOnlyCollection<string> Problems)> read)
    {
        var (policy, problems) = read(file);
        if (policy is not null)
            return policy;
        throw problems.Count == 1
            ? CliException.Usage(problems.First())
            : new CliException(ExitCodes.Usage, "usage", string.Join('\n', problems))
            {
                Heading = $"--policy is '{file}', which is no policy:",
                Faults = [.. problems],
            };
    }
}
