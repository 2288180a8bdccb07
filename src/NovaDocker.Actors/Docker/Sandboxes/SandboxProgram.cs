using System.Buffers.Binary;

namespace NovaDocker.Actors.Docker.Sandboxes;

/// <summary>
/// The program of a sandbox: a static executable that waits for ever and needs nothing, made for the machine's architecture
/// byte by byte, so that no registry and no compiler is needed for it.
/// </summary>
/// <remarks>An ELF header, one program header that loads the whole file, and a loop around a system call that does not return.</remarks>
internal static class SandboxProgram
{
    private const int HeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const ulong LoadAddress = 0x400000;
    private const ushort Executable = 2;
    private const uint Load = 1;
    private const uint ReadAndExecute = 5;
    private const ulong Page = 0x1000;

    /// <summary>The file, for an architecture as the Engine names it; null for one that none is known for.</summary>
    public static byte[]? For(string architecture) => architecture switch
    {
        "x86_64" or "amd64" => File(62,
        [
            0xb8, 0x22, 0x00, 0x00, 0x00, // mov eax, 34: pause
            0x0f, 0x05, // syscall
            0xeb, 0xf7, // jmp to the beginning
        ]),
        "aarch64" or "arm64" => File(183, Words(
            0xd2800000, // mov x0, 0
            0xd2800001, // mov x1, 0
            0xd2800002, // mov x2, 0
            0xd2800003, // mov x3, 0
            0xd2800928, // mov x8, 73: ppoll
            0xd4000001, // svc 0
            0x17fffffa)), // b to the beginning
        "riscv64" => File(243, Words(
            0x04900893, // li a7, 73: ppoll
            0x00000513, // li a0, 0
            0x00000593, // li a1, 0
            0x00000613, // li a2, 0
            0x00000693, // li a3, 0
            0x00000073, // ecall
            0xfe9ff06f)), // j to the beginning
        _ => null,
    };

    private static byte[] Words(params uint[] instructions)
    {
        var code = new byte[instructions.Length * sizeof(uint)];
        for (var i = 0; i < instructions.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(code.AsSpan(i * sizeof(uint)), instructions[i]);
        return code;
    }

    private static byte[] File(ushort machine, byte[] code)
    {
        var file = new byte[HeaderBytes + ProgramHeaderBytes + code.Length];
        ReadOnlySpan<byte> identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]; // 64 bits, little-endian, version 1
        identity.CopyTo(file);
        Short(16, Executable);
        Short(18, machine);
        Int(20, 1);
        Long(24, LoadAddress + HeaderBytes + ProgramHeaderBytes); // entry
        Long(32, HeaderBytes); // where the program header is
        Short(52, HeaderBytes);
        Short(54, ProgramHeaderBytes);
        Short(56, 1); // how many there are
        Int(HeaderBytes, Load);
        Int(HeaderBytes + 4, ReadAndExecute);
        Long(HeaderBytes + 16, LoadAddress);
        Long(HeaderBytes + 24, LoadAddress);
        Long(HeaderBytes + 32, (ulong)file.Length);
        Long(HeaderBytes + 40, (ulong)file.Length);
        Long(HeaderBytes + 48, Page);
        code.CopyTo(file.AsSpan(HeaderBytes + ProgramHeaderBytes));
        return file;

        void Short(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);
        void Int(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
        void Long(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), value);
    }
}
