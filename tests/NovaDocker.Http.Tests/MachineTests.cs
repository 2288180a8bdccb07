using System.Runtime.InteropServices;
using NovaDocker.Http.Machine;

namespace NovaDocker.Http.Tests;

/// <summary>What is read of the machine.</summary>
public sealed class MachineTests
{
    private const string TwoSockets =
        """
        processor	: 0
        vendor_id	: GenuineIntel
        model name	: Xeon
        physical id	: 0
        cpu cores	: 1
        flags		: fpu sse avx2 sse pni unknown_one

        processor	: 1
        physical id	: 0
        cpu cores	: 1

        processor	: 2
        physical id	: 1
        cpu cores	: 1

        processor	: 3
        physical id	: 1
        cpu cores	: 1


        """;

    private const string Arm =
        """
        processor	: 0
        BogoMIPS	: 243.75
        Features	: fp asimd aes
        CPU implementer	: 0x41

        processor	: 1
        Features	: fp asimd aes
        """;

    [Fact]
    public void Sockets_cores_and_threads_multiply_to_the_processors()
    {
        var cpu = CpuInfo.Parse(TwoSockets, "x86_64");

        Assert.Equal((2, 1, 2), (cpu.Sockets, cpu.Cores, cpu.Threads));
        Assert.Equal(("Xeon", "GenuineIntel"), (cpu.Model, cpu.Vendor));
        Assert.Equal(["avx2", "fpu", "pni", "sse", "unknown_one"], cpu.Features);
    }

    [Fact]
    public void A_kernel_that_says_less_is_read_too()
    {
        var cpu = CpuInfo.Parse(Arm, "aarch64");

        Assert.Equal((1, 2, 1), (cpu.Sockets, cpu.Cores, cpu.Threads));
        Assert.Equal(("", "0x41"), (cpu.Model, cpu.Vendor));
        Assert.Equal(["aes", "asimd", "fp"], cpu.Features);
    }

    [Fact]
    public void Traits_are_those_that_Placement_knows_and_no_others()
    {
        Assert.Equal(
            ["CUSTOM_NOVADOCKER", "HW_ARCH_X86_64", "HW_CPU_X86_AVX2", "HW_CPU_X86_SSE", "HW_CPU_X86_SSE3"],
            CpuTraits.Of(CpuInfo.Parse(TwoSockets, "x86_64")));
        Assert.Equal(["CUSTOM_NOVADOCKER", "HW_ARCH_AARCH64"], CpuTraits.Of(CpuInfo.Parse(Arm, "aarch64")));
        Assert.Equal(["CUSTOM_NOVADOCKER"], CpuTraits.Of(CpuInfo.Parse("", "riscv64")));
    }

    [Theory]
    [InlineData(Architecture.X64, "x86_64")]
    [InlineData(Architecture.Arm64, "aarch64")]
    [InlineData(Architecture.RiscV64, "riscv64")]
    public void An_architecture_has_the_name_that_Nova_gives_it(Architecture architecture, string name) =>
        Assert.Equal(name, CpuInfo.ArchOf(architecture));

    [Theory]
    [InlineData("59.10 1.00", "0 min")]
    [InlineData("3599.99 1.00", "59 min")]
    [InlineData("44052.95 30212.45", "12:14")]
    [InlineData("90000.00 1.00", "1 day, 1:00")]
    [InlineData("999999.00 1.00", "11 days, 13:46")]
    public void An_uptime_reads_as_that_of_the_command(string uptime, string shown) => Assert.Equal(
        $" 21:41:22 up {shown},  0 users,  load average: 0.98, 1.43, 3.29",
        MachineUptime.Text(uptime, "0.98 1.43 3.29 1/194 14835\n", new DateTimeOffset(2026, 11, 25, 21, 41, 22, TimeSpan.Zero)));
}
