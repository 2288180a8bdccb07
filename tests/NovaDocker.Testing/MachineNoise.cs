namespace NovaDocker.Testing;

/// <summary>What a node logs of the machine that it runs on, and not of itself.</summary>
public static class MachineNoise
{
    /// <summary>
    /// True for the warnings of Akka and of Kestrel that their timers were late by more than a second, as on a machine that does
    /// something else for a while. No test that looks for warnings of the node may fail for them.
    /// </summary>
    public static bool Is(string line) =>
        line.Contains("Scheduled sending of heartbeat was delayed", StringComparison.Ordinal)
        || line.Contains("the heartbeat has been running for", StringComparison.Ordinal);
}
