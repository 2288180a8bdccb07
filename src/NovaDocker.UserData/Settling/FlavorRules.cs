using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.UserData.Settling;

/// <summary>The flavor is the ceiling: user data may ask for less of what it gives, never for more.</summary>
internal static class FlavorRules
{
    private const long MiB = 1024 * 1024;
    private const int LeastShares = 2;
    private const int SharesPerVcpu = 1024;

    /// <summary>What goes beyond the flavor, or beyond what an Engine can do.</summary>
    /// <param name="reading">What is asked for.</param>
    /// <param name="memoryMb">The flavor's memory, MiB.</param>
    /// <param name="vcpus">The flavor's processors.</param>
    /// <param name="processors">The host's processors; null where they are not known.</param>
    public static IEnumerable<UserDataFault> Faults(UserDataReading reading, long memoryMb, int vcpus, int? processors)
    {
        var most = memoryMb * MiB;
        var memory = NumberOf(reading, OptionKeys.Memory) is { } asked && asked.Number <= most ? asked.Number : most;
        return
        [
            .. Outside(reading, OptionKeys.Memory, InstanceSpecRules.MinMemoryMb * MiB, most,
                $"bytes from {InstanceSpecRules.MinMemoryMb}m to the flavor's memory, {memoryMb}m,"),
            .. Outside(reading, OptionKeys.MemorySwap, memory, most,
                $"memory and swap together, from the memory limit, {memory}, to the flavor's memory, {memoryMb}m,"),
            .. Outside(reading, OptionKeys.ShmSize, 1, most, $"a size up to the flavor's memory, {memoryMb}m,"),
            .. Outside(reading, OptionKeys.CpuShares, LeastShares, (long)vcpus * SharesPerVcpu,
                $"a weight from {LeastShares} to the flavor's, {vcpus * SharesPerVcpu} for {Count(vcpus, "vCPU")},"),
            .. Cpuset(reading, processors),
        ];
    }

    private static IEnumerable<UserDataFault> Outside(
        UserDataReading reading, OptionKey<OptionValue.Number> key, long least, long most, string allowed)
    {
        if (NumberOf(reading, key) is { } asked && (asked.Number < least || asked.Number > most))
            yield return new UserDataFault(asked.Option.Mark, asked.Option.Path, $"is {asked.Number}; {allowed} is expected.");
    }

    /// <summary>Any processors of the host are fewer than all of them; how much time they give, the flavor limits anyway.</summary>
    private static IEnumerable<UserDataFault> Cpuset(UserDataReading reading, int? processors)
    {
        if (reading.Find(OptionKeys.Cpuset) is not { Value: OptionValue.Text { Value: var set } } asked || processors is not { } count)
            yield break;
        var highest = set.Split([',', '-']).Max(int.Parse);
        if (highest >= count)
        {
            yield return new UserDataFault(
                asked.Mark, asked.Path,
                $"is '{set}'; processors of the host are expected, which has {Count(count, "processor")}, counted from 0.");
        }
    }

    private static (AskedOption Option, long Number)? NumberOf(UserDataReading reading, OptionKey<OptionValue.Number> key) =>
        reading.Find(key) is { Value: OptionValue.Number { Value: var number } } asked ? (asked, number) : null;

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
