using System.Text;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Tests.Docker;

/// <summary>The files that come with boots lie where the Engine binds them from, as they were, until their instance is deleted.</summary>
public sealed class InstanceContentsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly InstanceContents _contents;

    public InstanceContentsTests() => _contents = new InstanceContents(_directory.Combine("contents"));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_journal_learns_path_digest_and_size_in_the_order_of_the_paths()
    {
        var records = _contents.Keep(Sample.Id, [File("/b", "two"), File("/a", "")]);

        Assert.Equal(
            [
                new InstanceFileRecord("/a", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0),
                new InstanceFileRecord("/b", "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3", 3),
            ],
            records);
    }

    [Fact]
    public void Each_file_is_bound_by_itself_read_only_with_its_bytes()
    {
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();

        var bind = Assert.Single(Binds(Sample.Id, new InstanceFile("/opt/data.bin", bytes)));

        Assert.Equal(["/opt/data.bin", "ro"], bind.Split(':')[1..]);
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(bind.Split(':')[0]));
        Assert.True(_contents.Holds(bind));
        Assert.False(_contents.Holds("/etc/passwd:/etc/passwd:ro"));
    }

    [Fact]
    public void A_config_drive_is_bound_as_one_directory_that_only_root_reads()
    {
        var binds = Binds(
            Sample.Id, Drive("openstack/latest/meta_data.json", "{}"), Drive("openstack/content/0000", "text"), File("/etc/motd", "hi"));

        Assert.Equal(2, binds.Count);
        Assert.EndsWith($":{InstanceFile.ConfigDrive}:ro", binds[0], StringComparison.Ordinal);
        var root = binds[0].Split(':')[0];
        Assert.Equal("{}", System.IO.File.ReadAllText(Path.Combine(root, "openstack/latest/meta_data.json")));
        Assert.Equal("text", System.IO.File.ReadAllText(Path.Combine(root, "openstack/content/0000")));
        Assert.Equal(2, Directory.GetFiles(root, "*", SearchOption.AllDirectories).Length);
        Assert.Equal(UnixFileMode.UserRead, ModeOf(Path.Combine(root, "openstack/content/0000")));
        Assert.Equal(Owner, ModeOf(Path.Combine(root, "openstack")));
    }

    [Fact]
    public void Nobody_else_on_the_machine_finds_what_everybody_in_the_container_may_read()
    {
        var bind = Assert.Single(Binds(Sample.Id, File("/etc/motd", "hi")));

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            ModeOf(bind.Split(':')[0]));
        Assert.Equal(Owner, ModeOf(Path.GetDirectoryName(bind.Split(':')[0])!));
    }

    [Fact]
    public void What_is_there_is_not_written_again()
    {
        var path = Assert.Single(Binds(Sample.Id, File("/etc/motd", "hi"))).Split(':')[0];
        System.IO.File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        Assert.Equal(path, Assert.Single(Binds(Sample.Id, File("/etc/motd", "hi"))).Split(':')[0]);

        Assert.Equal(DateTime.UnixEpoch, System.IO.File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void Those_of_a_rebuild_lie_beside_those_before_it()
    {
        var before = _contents.Keep(Sample.Id, [File("/etc/motd", "old"), Drive("a", "1")]);
        var after = _contents.Keep(Sample.Id, [File("/etc/motd", "new"), Drive("a", "1"), Drive("b", "2")]);

        var (old, young) = (_contents.Binds(Sample.Id, before).ToList(), _contents.Binds(Sample.Id, after).ToList());

        Assert.Equal("old", System.IO.File.ReadAllText(old[1].Split(':')[0]));
        Assert.Equal("new", System.IO.File.ReadAllText(young[1].Split(':')[0]));
        Assert.Single(Directory.GetFiles(old[0].Split(':')[0]));
        Assert.Equal(2, Directory.GetFiles(young[0].Split(':')[0]).Length);
    }

    [Fact]
    public void A_file_that_is_gone_or_was_changed_is_not_bound()
    {
        var records = _contents.Keep(Sample.Id, [File("/etc/motd", "hi"), Drive("a", "1")]);
        var motd = _contents.Binds(Sample.Id, records).ElementAt(1).Split(':')[0];

        System.IO.File.WriteAllText(motd, "ho");
        var changed = Assert.Throws<IOException>(() => _contents.Binds(Sample.Id, records).ToList());
        System.IO.File.Delete(motd);
        var gone = Assert.Throws<FileNotFoundException>(() => _contents.Binds(Sample.Id, records).ToList());

        Assert.All([changed, gone], e => Assert.Contains("/etc/motd", e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_files_there_is_nothing_to_be_bound() => Assert.Empty(_contents.Binds(Sample.Id, []));

    [Fact]
    public void Files_go_with_their_instance_alone_and_may_go_twice()
    {
        var other = Sample.NewId();
        _contents.Keep(Sample.Id, [File("/a", "1")]);
        var records = _contents.Keep(other, [File("/a", "1")]);

        _contents.Remove(Sample.Id);
        _contents.Remove(Sample.Id);

        Assert.Equal(other, Assert.Single(_contents.Kept()).Owner);
        Assert.Single(_contents.Binds(other, records));
    }

    [Fact]
    public void What_is_kept_is_listed_with_the_time_of_its_keeping_and_left_alone_where_files_came_since()
    {
        Assert.Empty(_contents.Kept());
        _contents.Keep(Sample.Id, [File("/a", "1")]);
        Directory.CreateDirectory(_directory.Combine("contents/lost+found"));
        var kept = Assert.Single(_contents.Kept());
        Assert.Equal(Sample.Id, kept.Owner);
        System.IO.File.SetLastWriteTimeUtc(_directory.Combine($"contents/{Sample.Id}/kept"), DateTime.UnixEpoch);
        var stale = Assert.Single(_contents.Kept());
        Assert.Equal(DateTimeOffset.UnixEpoch, stale.KeptAt);

        _contents.Keep(Sample.Id, [File("/a", "1")]);
        _contents.Remove(stale);
        Assert.NotEqual(stale, Assert.Single(_contents.Kept()));

        _contents.Remove(Assert.Single(_contents.Kept()));
        Assert.Empty(_contents.Kept());
    }

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static UnixFileMode ModeOf(string path) => System.IO.File.GetUnixFileMode(path);

    private static InstanceFile File(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    private static InstanceFile Drive(string path, string text) => File($"{InstanceFile.ConfigDrive}/{path}", text);

    private List<string> Binds(InstanceId id, params InstanceFile[] files) =>
        [.. _contents.Binds(id, _contents.Keep(id, [.. files]))];
}
