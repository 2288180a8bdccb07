using System.Formats.Tar;

namespace NovaDocker.Actors.Docker.Sandboxes;

/// <summary>The image of sandboxes: one file, which we make and import ourselves.</summary>
internal static class SandboxImage
{
    /// <summary>The repository of its tag.</summary>
    public const string Repository = "novadocker/sandbox";

    /// <summary>The tag: another program or another form of it gets another one.</summary>
    public const string Version = "1";

    /// <summary>The image's name in the Engine.</summary>
    public const string Name = $"{Repository}:{Version}";

    private const string Program = "/pause";

    /// <summary>Brings the image into the Engine.</summary>
    /// <exception cref="EngineException">Invalid where no program is known for the Engine's architecture.</exception>
    public static async Task ImportAsync(IContainerEngine engine, CancellationToken cancellationToken)
    {
        var info = await engine.GetInfoAsync(cancellationToken).ConfigureAwait(false);
        var program = SandboxProgram.For(info.Architecture) ?? throw new EngineException(
            EngineErrorKind.Invalid,
            $"No sandbox can be made on architecture {info.Architecture}: its program is known for x86_64, aarch64 and riscv64. "
            + "Instances without ports need none.");
        await engine.ImportImageAsync(
            Tar(program), new ImportSpec(Repository, Version, [$"ENTRYPOINT [\"{Program}\"]"]), cancellationToken)
            .ConfigureAwait(false);
    }

    private static MemoryStream Tar(byte[] program)
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            using var data = new MemoryStream(program, writable: false);
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, Program[1..])
            {
                Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                    | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute,
                ModificationTime = DateTimeOffset.UnixEpoch,
                DataStream = data,
            });
        }

        stream.Position = 0;
        return stream;
    }
}
