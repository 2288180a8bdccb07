using System.Diagnostics;
using NovaDocker.EndToEnd.Tests.Equipment;

namespace NovaDocker.EndToEnd.Tests.Failures;

/// <summary>A file system of the test's own that can run full, or be read-only from one moment to the next.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly string _fileSystem;
    private string? _image;

    private SmallDisk(DirectoryInfo directory, string fileSystem) => (_directory, _fileSystem) = (directory, fileSystem);

    /// <summary>Where it is mounted. Short, since sockets may lie below it.</summary>
    public string Path => System.IO.Path.Combine(_directory.FullName, "d");

    /// <summary>Bytes of room that are left.</summary>
    public long FreeBytes => new DriveInfo(Path).AvailableFreeSpace;

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>A disk in memory that can be enlarged; skips the test where none may be mounted.</summary>
    public static async Task<SmallDisk> InMemoryAsync(int megabytes)
    {
        var disk = Make("tmpfs");
        await disk.MountOrSkipAsync($"mount -t tmpfs -o size={megabytes}m tmpfs {disk.Path}");
        return disk;
    }

    /// <summary>A disk with a file system that turns read-only when it has an error; skips the test where none may be mounted.</summary>
    public static async Task<SmallDisk> OnLoopDeviceAsync()
    {
        var disk = Make("ext4");
        disk._image = System.IO.Path.Combine(disk._directory.FullName, "image");
        await disk.MountOrSkipAsync(
            $"truncate -s 64M {disk._image} && mkfs.ext4 -q {disk._image} && {disk.MountImage}");
        return disk;
    }

    /// <summary>Makes a disk in memory larger while it is in use.</summary>
    public Task EnlargeAsync(int megabytes) => ShellAsync($"mount -o remount,size={megabytes}m {Path}");

    /// <summary>Leaves not a byte of room.</summary>
    public void Fill()
    {
        try
        {
            using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4096];
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // It is full now.
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>Lets the file system find an error, upon which it takes no write any more, as an operator set it.</summary>
    public async Task FailAsync()
    {
        var device = System.IO.Path.GetFileName((await ShellAsync($"findmnt -n -o SOURCE {Path}")).Trim());
        await ShellAsync($"echo 1 > /sys/fs/ext4/{device}/trigger_fs_error");
    }

    /// <summary>
    /// Unmounts it, has it checked, and mounts it again; nobody may be using it. What is mounted again is a copy: a container that
    /// was being made meanwhile has the first one in its own list of mounts for a moment yet, and with it the kernel's error.
    /// </summary>
    public async Task RepairAsync()
    {
        var copy = $"{_image}-repaired";
        await ShellAsync($"umount {Path} && cp --sparse=always {_image} {copy} && {{ e2fsck -p -f {copy} || [ $? -eq 1 ]; }}");
        _image = copy;
        await ShellAsync(MountImage);
    }

    public async ValueTask DisposeAsync()
    {
        // Lazily: whoever has it open may end after this.
        await ShellAsync($"! mountpoint -q {Path} || umount --lazy {Path}");
        _directory.Delete(recursive: true);
    }

    private string MountImage => $"mount -t {_fileSystem} -o loop,errors=remount-ro {_image} {Path}";

    private static SmallDisk Make(string fileSystem)
    {
        TestEngine.AddressOrSkip();
        Skip.IfNot(Environment.UserName == "root", "needs root, to mount a file system of its own");
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("nd"), fileSystem);
        Directory.CreateDirectory(disk.Path);
        return disk;
    }

    private static async Task<string> ShellAsync(string command)
    {
        var (code, said) = await TryAsync(command);
        return code == 0 ? said : throw new InvalidOperationException($"{command}: exit code {code}\n{said}");
    }

    private static async Task<(int Code, string Said)> TryAsync(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec 2>&1; {command}"]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        var said = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, said);
    }

    private async Task MountOrSkipAsync(string command)
    {
        var (code, said) = await TryAsync(command);
        if (code == 0)
            return;
        await DisposeAsync();
        Skip.If(true, $"needs to be allowed to mount a file system: {said.Trim()}");
    }
}
