using System.Formats.Tar;
using System.Text;

namespace NovaDocker.Testing;

/// <summary>Small images that need no registry.</summary>
public static class TestImages
{
    private const UnixFileMode AllMayRun =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const string InstalledBusybox = "/bin/busybox";
    private const string ArchiveVariable = "NOVADOCKER_TEST_IMAGE";

    private static readonly string[] Programs =
        ["sh", "sleep", "echo", "cat", "hostname", "id", "ls", "grep", "stat", "touch", "rm", "env", "date", "httpd", "ping", "pwd"];

    private static readonly Lazy<byte[]?> Busybox = new(FindBusybox);

    /// <summary>One time for all: the same image made twice has the same id.</summary>
    private static readonly DateTimeOffset Made = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// True where <see cref="Shell"/> can be made: it takes the machine's own static busybox, else that of the image in
    /// NOVADOCKER_TEST_IMAGE.
    /// </summary>
    public static bool CanMakeShell => Busybox.Value is not null;

    /// <summary>What a test that needs <see cref="Shell"/> says where there is none.</summary>
    public const string NeedOfShell = $"needs a static busybox in /bin (package busybox-static), or {ArchiveVariable}";

    /// <summary>An image with a shell and little more; its command sleeps for an hour.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="labels">Its labels.</param>
    public static DockerArchive Shell(string tag, IReadOnlyDictionary<string, string> labels)
    {
        using var layer = new MemoryStream();
        using (var tar = new TarWriter(layer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "bin/") { Mode = AllMayRun, ModificationTime = Made });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "bin/busybox")
            {
                Mode = AllMayRun,
                ModificationTime = Made,
                DataStream = new MemoryStream(Busybox.Value!),
            });
            foreach (var program in Programs)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, $"bin/{program}")
                {
                    LinkName = "busybox",
                    ModificationTime = Made,
                });
            }
        }

        return DockerArchive.Create(tag, labels, ["sleep", "3600"], layer.ToArray());
    }

    /// <summary>An image that holds one file and cannot run; enough for a fake Engine.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="content">The file's content, which makes images differ.</param>
    public static DockerArchive OneFile(string tag, IReadOnlyDictionary<string, string> labels, string content)
    {
        using var layer = new MemoryStream();
        using (var tar = new TarWriter(layer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "content")
            {
                ModificationTime = Made,
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
            });
        }

        return DockerArchive.Create(tag, labels, ["sleep", "3600"], layer.ToArray());
    }

    private static byte[]? FindBusybox()
    {
        if (File.Exists(InstalledBusybox))
            return File.ReadAllBytes(InstalledBusybox);
        if (Environment.GetEnvironmentVariable(ArchiveVariable) is not { Length: > 0 } path || !File.Exists(path))
            return null;

        using var archive = File.OpenRead(path);
        using var image = new TarReader(archive);
        while (image.GetNextEntry(copyData: true) is { } part)
        {
            if (!part.Name.EndsWith("/layer.tar", StringComparison.Ordinal))
                continue;
            using var layer = new TarReader(part.DataStream!);
            while (layer.GetNextEntry() is { } file)
            {
                if (file.Name != "bin/busybox")
                    continue;
                using var bytes = new MemoryStream();
                file.DataStream!.CopyTo(bytes);
                return bytes.ToArray();
            }
        }

        return null;
    }
}
