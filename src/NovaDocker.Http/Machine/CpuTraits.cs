using System.Collections.Frozen;

namespace NovaDocker.Http.Machine;

/// <summary>What of a machine has a trait in Placement: names of <c>os_traits</c> 2.9, which a cloud of the release Zed knows.</summary>
internal static class CpuTraits
{
    /// <summary>What tells hosts of containers from others; flavors may require it.</summary>
    public const string OfContainerHosts = "CUSTOM_NOVADOCKER";

    private static readonly FrozenDictionary<string, string> Architectures = new Dictionary<string, string>
    {
        ["x86_64"] = "HW_ARCH_X86_64",
        ["i686"] = "HW_ARCH_I686",
        ["aarch64"] = "HW_ARCH_AARCH64",
        ["armv7l"] = "HW_ARCH_ARMV7",
        ["s390x"] = "HW_ARCH_S390X",
        ["ppc64le"] = "HW_ARCH_PPC64LE",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kernel's flags; Nova's libvirt driver has the same table by the names of libvirt.</summary>
    private static readonly FrozenDictionary<string, string> Flags = new Dictionary<string, string>
    {
        ["3dnow"] = "3DNOW", ["abm"] = "ABM", ["aes"] = "AESNI", ["avx"] = "AVX", ["avx2"] = "AVX2", ["avx512bw"] = "AVX512BW",
        ["avx512cd"] = "AVX512CD", ["avx512dq"] = "AVX512DQ", ["avx512er"] = "AVX512ER", ["avx512f"] = "AVX512F",
        ["avx512pf"] = "AVX512PF", ["avx512vl"] = "AVX512VL", ["avx512_vnni"] = "AVX512VNNI", ["avx512vbmi"] = "AVX512VBMI",
        ["avx512ifma"] = "AVX512IFMA", ["avx512_vbmi2"] = "AVX512VBMI2", ["avx512_bitalg"] = "AVX512BITALG", ["vaes"] = "AVX512VAES",
        ["gfni"] = "AVX512GFNI", ["vpclmulqdq"] = "AVX512VPCLMULQDQ", ["avx512_vpopcntdq"] = "AVX512VPOPCNTDQ", ["bmi1"] = "BMI",
        ["bmi2"] = "BMI2", ["pclmulqdq"] = "CLMUL", ["f16c"] = "F16C", ["fma"] = "FMA3", ["fma4"] = "FMA4", ["mmx"] = "MMX",
        ["mpx"] = "MPX", ["sha_ni"] = "SHA", ["sse"] = "SSE", ["sse2"] = "SSE2", ["pni"] = "SSE3", ["sse4_1"] = "SSE41",
        ["sse4_2"] = "SSE42", ["sse4a"] = "SSE4A", ["ssse3"] = "SSSE3", ["tbm"] = "TBM", ["xop"] = "XOP",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The traits of a host with such processors, sorted.</summary>
    public static IReadOnlyList<string> Of(CpuInfo cpu)
    {
        var traits = new List<string> { OfContainerHosts };
        if (Architectures.TryGetValue(cpu.Arch, out var architecture))
            traits.Add(architecture);
        if (cpu.Arch is "x86_64" or "i686")
            traits.AddRange(cpu.Features.Where(Flags.ContainsKey).Select(flag => $"HW_CPU_X86_{Flags[flag]}"));
        return [.. traits.Order(StringComparer.Ordinal)];
    }
}
