using System.Globalization;

namespace NovaDocker.Benchmarks.Images;

/// <summary>The most memory that a process had in a while, as the kernel keeps count of it.</summary>
internal sealed class PeakMemory
{
    private const string ResetPeak = "5";

    private readonly int _process;
    private readonly double _before;

    private PeakMemory(int process, double before) => (_process, _before) = (process, before);

    /// <summary>How far it has risen above where it stood, MiB.</summary>
    public double RiseMiB => Read(_process, "VmHWM") - _before;

    /// <summary>Begins to watch a process of this user.</summary>
    public static PeakMemory Watch(int process)
    {
        File.WriteAllText($"/proc/{process}/clear_refs", ResetPeak);
        return new PeakMemory(process, Read(process, "VmRSS"));
    }

    private static double Read(int process, string key)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[(key.Length + 1)..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024.0;
    }
}
