using System.Formats.Tar;
using System.Text;

namespace NovaDocker.Testing;

/// <summary>Small images that need no registry.</summary>
public static class TestImages
{
    private const UnixFileMode AllMayRun =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const string Busybox = "/bin/busybox";
    private static readonly string[] Programs = ["sh", "sleep", "echo", "cat", "hostname"];

    /// <summary>One time for all: the same image made twice has the same id.</summary>
    private static readonly DateTimeOffset Made = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>True where <see cref="Shell"/> can be made: it takes the machine's own static busybox.</summary>
    public static bool CanMakeShell => File.Exists(Busybox);

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
                DataStream = new MemoryStream(File.ReadAllBytes(Busybox)),
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
}
