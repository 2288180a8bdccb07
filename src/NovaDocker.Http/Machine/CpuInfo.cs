using System.Globalization;
using System.Runtime.InteropServices;

namespace NovaDocker.Http.Machine;

/// <summary>The processors of this machine, as <c>/proc/cpuinfo</c> shows them.</summary>
/// <param name="Arch">The architecture, as Nova names it: <c>x86_64</c>, <c>aarch64</c>, …</param>
/// <param name="Model">The model's name; empty where the kernel does not say.</param>
/// <param name="Vendor">The vendor; likewise.</param>
/// <param name="Sockets">Packages.</param>
/// <param name="Cores">Cores of each.</param>
/// <param name="Threads">Threads of each core.</param>
/// <param name="Features">The kernel's flags of the first processor, sorted.</param>
internal sealed record CpuInfo(
    string Arch, string Model, string Vendor, int Sockets, int Cores, int Threads, IReadOnlyList<string> Features)
{
    private const string File = "/proc/cpuinfo";

    /// <summary>Those of this machine.</summary>
    public static CpuInfo Read() => Parse(System.IO.File.ReadAllText(File), ArchOf(RuntimeInformation.OSArchitecture));

    /// <summary>Those that a text of the kernel tells of.</summary>
    public static CpuInfo Parse(string text, string arch)
    {
        var processors = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(Fields)
            .Where(fields => fields.ContainsKey("processor")).ToList();
        var first = processors.FirstOrDefault() ?? [];
        var packages = processors.Select(fields => fields.GetValueOrDefault("physical id", "0")).Distinct().Count();
        var sockets = Math.Max(1, packages);
        var perSocket = Math.Max(1, processors.Count / sockets);
        var cores = Number(first, "cpu cores") is { } told ? Math.Clamp(told, 1, perSocket) : perSocket;
        return new CpuInfo(
            arch, first.GetValueOrDefault("model name", ""), first.GetValueOrDefault("vendor_id", first.GetValueOrDefault("CPU implementer", "")),
            sockets, cores, Math.Max(1, perSocket / cores),
            [.. first.GetValueOrDefault("flags", first.GetValueOrDefault("Features", ""))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>An architecture as Nova and the kernel name it.</summary>
    public static string ArchOf(Architecture architecture) => architecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.X86 => "i686",
        Architecture.Arm64 => "aarch64",
        Architecture.Arm => "armv7l",
        Architecture.S390x => "s390x",
        Architecture.Ppc64le => "ppc64le",
        _ => architecture.ToString().ToLowerInvariant(),
    };

    private static Dictionary<string, string> Fields(string processor)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in processor.Split('\n'))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                fields[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return fields;
    }

    private static int? Number(Dictionary<string, string> fields, string name) =>
        int.TryParse(fields.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
