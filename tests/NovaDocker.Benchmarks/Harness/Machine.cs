using System.Globalization;
using System.Runtime.InteropServices;

namespace NovaDocker.Benchmarks.Harness;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const double Gibi = 1L << 30;

    /// <summary>Processors, memory, system and runtime, in a line.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores ({Processor()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gibi:0.0} GiB, "
        + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {Build()}");

    private static string Processor()
    {
        const string Key = "model name";
        var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return line is null ? RuntimeInformation.OSArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static string Build()
    {
#if DEBUG
        return "DEBUG build: the figures mean little";
#else
        return "Release build";
#endif
    }
}
