using System.Runtime.InteropServices;
using NovaDocker.UserData.Policy;

namespace NovaDocker.UserData.Tests.Policy;

/// <summary>The file system of this machine, in a directory of the test's own.</summary>
public sealed class HostPathsTests : IDisposable
{
    private readonly string _root;
    private readonly HostPaths _paths = new();

    public HostPathsTests() => _root = _paths.Resolve(Directory.CreateTempSubdirectory("novadocker-paths-").FullName).Path;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_is_no_link_is_kept()
    {
        Make("a/b");
        File.WriteAllText(At("a/file"), "");

        Assert.Equal((At("a/b"), true), _paths.Resolve(At("a/b")));
        Assert.Equal((At("a/file"), true), _paths.Resolve(At("a/file")));
        Assert.Equal(("/", true), _paths.Resolve("/"));
    }

    [Fact]
    public void What_does_not_exist_is_kept_behind_what_does()
    {
        Make("a");
        File.WriteAllText(At("file"), "");
        Link("l", "a");
        Link("dangling", "a/none");

        Assert.Equal((At("a/x/y"), false), _paths.Resolve(At("l/x/y")));
        Assert.Equal((At("a/none/x"), false), _paths.Resolve(At("dangling/x")));
        Assert.Equal((At("file/x"), false), _paths.Resolve(At("file/x")));
    }

    [Fact]
    public void Links_are_followed_wherever_they_stand()
    {
        Make("a/b/c");
        Link("absolute", At("a/b"));
        Link("a/relative", "../absolute/c/.././c");
        Link("a/b/up", "../..");
        Link("root", "/");
        Link("over", "a/b/up/a/relative");

        Assert.Equal((At("a/b/c"), true), _paths.Resolve(At("absolute/c")));
        Assert.Equal((At("a/b/c"), true), _paths.Resolve(At("a/relative")));
        Assert.Equal((At("a/b"), true), _paths.Resolve(At("a/b/up/a/b")));
        Assert.Equal((At("a/b/c"), true), _paths.Resolve(At("over")));
        Assert.Equal((At("a"), true), _paths.Resolve($"{At("root")}{At("a")}"));
        Assert.Equal(("/", true), _paths.Resolve(At("root")));
    }

    [Fact]
    public void The_way_names_every_place_that_was_looked_at()
    {
        Make("a/b");
        Link("l", "a/../a/b");

        var places = _paths.PlacesOnTheWay(At("l")).Where(place => place.Length > _root.Length).ToList();

        Assert.Equal([At("l"), At("a"), At("a"), At("a/b")], places);
    }

    [Fact]
    public void Circles_and_too_many_links_are_errors()
    {
        Link("self", "self");
        Link("one", "two/x");
        Link("two", "one/x");
        Make("end");
        Link("chain0", "end");
        for (var i = 1; i <= 40; i++)
            Link($"chain{i}", $"chain{i - 1}");

        Assert.Throws<IOException>(() => _paths.Resolve(At("self")));
        Assert.Throws<IOException>(() => _paths.Resolve(At("one")));
        Assert.Equal((At("end"), true), _paths.Resolve(At("chain39")));
        Assert.Throws<IOException>(() => _paths.Resolve(At("chain40")));
    }

    [Fact]
    public void A_way_back_over_something_missing_is_an_error()
    {
        Link("back", "none/../../etc");

        Assert.Throws<IOException>(() => _paths.Resolve(At("back")));
    }

    [Fact]
    public void A_path_that_is_too_long_is_an_error()
    {
        var name = new string('n', 250);
        Assert.Throws<IOException>(() => _paths.Resolve($"/{new string('n', 300)}"));
        Assert.Throws<IOException>(() => _paths.Resolve($"/proc/self/root/{string.Join("/", Enumerable.Repeat("proc/self/root", 400))}"));
        Assert.Equal((At(name), false), _paths.Resolve(At(name)));
    }

    [Fact]
    public void The_links_of_proc_lead_to_what_they_name()
    {
        Make("a");

        Assert.Equal((At("a"), true), _paths.Resolve($"/proc/self/root{At("a")}"));
    }

    [Fact]
    public void Directories_are_made_with_their_mode_whatever_the_mask()
    {
        Make("base/there");
        var mask = SetMask(0b111_111_111);
        try
        {
            _paths.MakeDirectories(At("base"), ["there", "new", "newer"]);
            _paths.MakeDirectories(At("base"), ["there", "new", "newer"]);
        }
        finally
        {
            _ = SetMask(mask);
        }

        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        Assert.Equal(Mode, File.GetUnixFileMode(At("base/there/new")));
        Assert.Equal(Mode, File.GetUnixFileMode(At("base/there/new/newer")));
    }

    [Fact]
    public void Directories_are_made_over_no_link_and_no_file()
    {
        Make("base");
        Make("elsewhere");
        Link("base/link", At("elsewhere"));
        Link("base/dangling", At("elsewhere/none"));
        File.WriteAllText(At("base/file"), "");

        Assert.Throws<IOException>(() => _paths.MakeDirectories(At("base"), ["link", "x"]));
        Assert.Throws<IOException>(() => _paths.MakeDirectories(At("base"), ["link"]));
        Assert.Throws<IOException>(() => _paths.MakeDirectories(At("base"), ["dangling", "x"]));
        Assert.Throws<IOException>(() => _paths.MakeDirectories(At("base"), ["file", "x"]));
        Assert.Throws<IOException>(() => _paths.MakeDirectories(At("base/link"), ["x"]));
        Assert.Throws<IOException>(() => _paths.MakeDirectories(At("base"), ["..", "x"]));
        Assert.Throws<IOException>(() => _paths.MakeDirectories(At("none"), ["x"]));
        Assert.Empty(Directory.GetFileSystemEntries(At("elsewhere")));
    }

    [Fact]
    public async Task Whoever_exchanges_a_directory_for_a_link_meanwhile_gets_nothing_made_behind_it()
    {
        Make("base/way");
        Make("elsewhere");
        using var end = new CancellationTokenSource();
        var tries = 0;
        var meddler = Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    Directory.Move(At("base/way"), At("aside"));
                    Link("base/way", At("elsewhere"));
                    File.Delete(At("base/way"));
                    Directory.Move(At("aside"), At("base/way"));
                }
                catch (IOException)
                {
                    // Something was made in the place of what it had moved.
                    Directory.Move(At("aside"), At($"base/aside-{tries++}"));
                }
            }
        });

        for (var i = 0; i < 2000; i++)
        {
            try
            {
                _paths.MakeDirectories(At("base"), ["way", $"made-{i}"]);
            }
            catch (IOException)
            {
                // It lost against the meddler, which is as well.
            }
        }

        await end.CancelAsync();
        await meddler;
        Assert.Empty(Directory.GetFileSystemEntries(At("elsewhere")));
    }

    [Fact]
    public void Binds_are_judged_by_what_is_on_this_machine()
    {
        Make("allowed/data");
        Make("secret");
        Link("allowed/out", "../secret");
        Link("alias", At("allowed"));
        var policy = ContainerPolicy.Default with { HostPaths = [new HostPathRule(At("alias"), ReadOnly: false, Create: true)] };

        Assert.Equal($"{At("allowed/data")}:/x:rw", HostBinds.Admit($"{At("alias/data")}:/x:rw", policy, _paths).Resolved);
        Assert.Equal($"{At("allowed/new")}:/x:rw", HostBinds.Make($"{At("allowed/new")}:/x:rw", policy, _paths).Resolved);
        Assert.True(Directory.Exists(At("allowed/new")));
        Assert.NotNull(HostBinds.Admit($"{At("allowed/out")}:/x:rw", policy, _paths).Problem);
        Assert.NotNull(HostBinds.Make($"{At("allowed/out/new")}:/x:rw", policy, _paths).Problem);
        Assert.Empty(Directory.GetFileSystemEntries(At("secret")));
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);

    private string At(string path) => $"{_root}/{path}";

    private void Make(string path) => Directory.CreateDirectory(At(path));

    private void Link(string path, string target) => File.CreateSymbolicLink(At(path), target);
}
