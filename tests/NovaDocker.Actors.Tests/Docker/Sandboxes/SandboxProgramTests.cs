using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using NovaDocker.Actors.Docker.Sandboxes;
using NovaDocker.Testing;

namespace NovaDocker.Actors.Tests.Docker.Sandboxes;

/// <summary>The program of sandboxes: one file that needs nothing, and waits.</summary>
public sealed class SandboxProgramTests
{
    private const uint Load = 1;
    private const uint Interpreter = 3;
    private const uint ReadAndExecute = 5;
    private const int HeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;

    public static TheoryData<string, int> Architectures => new()
    {
        { "x86_64", 62 }, { "amd64", 62 }, { "aarch64", 183 }, { "arm64", 183 }, { "riscv64", 243 },
    };

    [Theory]
    [MemberData(nameof(Architectures))]
    public void The_file_is_a_static_executable_of_its_machine(string architecture, int machine)
    {
        var file = SandboxProgram.For(architecture)!;

        Assert.DoesNotContain(Interpreter, SegmentsOf(file));
        Assert.Equal([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1], file[..7]);
        Assert.Equal((2, machine, 1u), (Short(file, 16), Short(file, 18), Int(file, 20)));
        Assert.Equal((HeaderBytes, ProgramHeaderBytes, 1), (Short(file, 52), Short(file, 54), Short(file, 56)));
        Assert.Equal((ulong)HeaderBytes, Long(file, 32));
        Assert.Equal(Load, Int(file, HeaderBytes));
        Assert.Equal(ReadAndExecute, Int(file, HeaderBytes + 4));
        Assert.Equal(0UL, Long(file, HeaderBytes + 8));
        var (address, length) = (Long(file, HeaderBytes + 16), Long(file, HeaderBytes + 32));
        Assert.Equal((ulong)file.Length, length);
        Assert.Equal(length, Long(file, HeaderBytes + 40));
        Assert.Equal(0UL, address % Long(file, HeaderBytes + 48));
        Assert.Equal(address + HeaderBytes + ProgramHeaderBytes, Long(file, 24));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Its_last_instruction_leads_back_to_its_first(string architecture, int machine)
    {
        var code = SandboxProgram.For(architecture)![(HeaderBytes + ProgramHeaderBytes)..];

        var distance = machine switch
        {
            // A short jump counts from behind itself.
            62 => (sbyte)code[^1],
            // 26 bits, counted in instructions.
            183 => ((int)(Int(code, code.Length - 4) << 6) >> 6) * 4,
            // Bits 20, 10 to 1, 11, and 19 to 12 of the distance.
            _ => JumpOf(Int(code, code.Length - 4)),
        };

        Assert.Equal(0, code.Length + distance - (machine == 62 ? 0 : 4));
    }

    [Fact]
    public void No_program_is_known_for_other_machines() => Assert.Null(SandboxProgram.For("s390x"));

    [SkippableFact]
    public async Task On_this_machine_it_runs_and_waits_until_it_is_killed()
    {
        var program = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => SandboxProgram.For("x86_64"),
            Architecture.Arm64 => SandboxProgram.For("aarch64"),
            _ => null,
        };
        Skip.If(program is null || !OperatingSystem.IsLinux(), "The machine is another one.");
        var directory = Directory.CreateTempSubdirectory("novadocker-pause-");
        try
        {
            var path = Path.Combine(directory.FullName, "pause");
            await File.WriteAllBytesAsync(path, program!);
            if (OperatingSystem.IsLinux())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            using var process = Process.Start(new ProcessStartInfo(path) { UseShellExecute = false })!;
            try
            {
                // The kernel says where it waits: in the call, and nowhere else.
                await Eventually.BecomesAsync(
                    () => File.ReadAllTextAsync($"/proc/{process.Id}/stat"),
                    stat => stat.Contains(") S ", StringComparison.Ordinal), "it sleeps");
                process.Refresh();
                Assert.False(process.HasExited);
                Assert.InRange(process.TotalProcessorTime, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
                var libraries = (await File.ReadAllLinesAsync($"/proc/{process.Id}/maps"))
                    .Where(line => line.Contains(".so", StringComparison.Ordinal));
                Assert.Empty(libraries);
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            Assert.Equal(137, process.ExitCode);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>The types of all program headers, as many as the file says there are and where it says they are.</summary>
    private static IEnumerable<uint> SegmentsOf(byte[] file) => Enumerable.Range(0, Short(file, 56))
        .Select(i => Int(file, (int)Long(file, 32) + (i * Short(file, 54))));

    private static int JumpOf(uint instruction)
    {
        var distance = ((instruction >> 31) << 20) | (((instruction >> 12) & 0xff) << 12)
            | (((instruction >> 20) & 1) << 11) | (((instruction >> 21) & 0x3ff) << 1);
        return (int)(distance << 11) >> 11;
    }

    private static int Short(byte[] file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));

    private static uint Int(byte[] file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));

    private static ulong Long(byte[] file, int at) => BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
}
