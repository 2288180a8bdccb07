namespace NovaDocker.UserData.Policy;

/// <summary>What the policy forbids.</summary>
public static class PolicyRules
{
    /// <summary>Everything asked for that the policy does not allow.</summary>
    public static IEnumerable<UserDataFault> Faults(UserDataReading reading, ContainerPolicy policy, IHostPaths paths) => [];
}
