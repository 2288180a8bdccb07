using NovaDocker.Settings;
using NovaDocker.UserData.Policy;

namespace NovaDocker.Cli.UserData;

/// <summary>An operator's policy in a HOCON file: the node's own configuration, or one with <c>novadocker.policy</c> alone.</summary>
internal static class PolicyFile
{
    private const string Option = "--policy";

    /// <summary>The policy.</summary>
    /// <exception cref="CliException">It cannot be read, or says what no policy can.</exception>
    public static ContainerPolicy Read(string file)
    {
        try
        {
            return PolicySettings.Read(HoconFile.Load(file, Option));
        }
        catch (SettingsException exception)
        {
            throw exception.Problems.Count == 1
                ? CliException.Usage(exception.Message)
                : new CliException(ExitCodes.Usage, "usage", string.Join('\n', exception.Problems))
                {
                    Heading = $"{Option} is '{file}', which is no policy:",
                    Faults = [.. exception.Problems],
                };
        }
    }
}
