using NovaDocker.Domain.Instances;

namespace NovaDocker.Domain.Tests.Instances;

/// <summary>What the files may be that come with a boot.</summary>
public sealed class InstanceFileRulesTests
{
    [Theory]
    [InlineData("/etc/motd")]
    [InlineData("/a")]
    [InlineData("/with space/and..dots/é")]
    public void A_plain_absolute_path_is_right(string path) => Assert.Empty(Problems(File(path)));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("etc/motd")]
    [InlineData("/etc/")]
    [InlineData("/etc//motd")]
    [InlineData("/etc/../motd")]
    [InlineData("/./motd")]
    [InlineData("/etc/a:b")]
    [InlineData("/etc/a\nb")]
    [InlineData("/etc/a\0b")]
    public void Any_other_is_wrong(string path) =>
        Assert.Contains("absolute path", Assert.Single(Problems(File(path))), StringComparison.Ordinal);

    [Fact]
    public void A_path_has_a_longest_length()
    {
        Assert.Empty(Problems(File("/" + new string('a', 1023))));
        Assert.Single(Problems(File("/" + new string('a', 1024))));
    }

    [Fact]
    public void There_is_one_file_for_each_path_and_none_is_the_directory_of_another()
    {
        Assert.Contains("2 times", Assert.Single(Problems(File("/a"), File("/a"))), StringComparison.Ordinal);
        Assert.Contains("directory", Assert.Single(Problems(File("/a"), File("/a/b"))), StringComparison.Ordinal);
        Assert.Empty(Problems(File("/a"), File("/ab")));
    }

    [Fact]
    public void Number_and_bytes_are_bounded()
    {
        Assert.Empty(Problems([.. Enumerable.Range(0, InstanceFileRules.MaxFiles).Select(i => File($"/f{i}"))]));
        Assert.Single(Problems([.. Enumerable.Range(0, InstanceFileRules.MaxFiles + 1).Select(i => File($"/f{i}"))]));
        Assert.Empty(Problems(new InstanceFile("/a", new byte[InstanceFileRules.MaxBytes - 1]), new InstanceFile("/b", new byte[1])));
        Assert.Single(Problems(new InstanceFile("/a", new byte[InstanceFileRules.MaxBytes]), new InstanceFile("/b", new byte[1])));
    }

    [Fact]
    public void Files_are_equal_by_what_they_hold()
    {
        Assert.Equal(new InstanceFile("/a", new byte[] { 1, 2 }), new InstanceFile("/a", new byte[] { 1, 2 }));
        Assert.Equal(
            new InstanceFile("/a", new byte[] { 1, 2 }).GetHashCode(), new InstanceFile("/a", new byte[] { 1, 2 }).GetHashCode());
        Assert.NotEqual(new InstanceFile("/a", new byte[] { 1, 2 }), new InstanceFile("/a", new byte[] { 1, 3 }));
        Assert.NotEqual(new InstanceFile("/a", new byte[] { 1 }), new InstanceFile("/b", new byte[] { 1 }));
    }

    private static InstanceFile File(string path) => new(path, new byte[] { 1 });

    private static IReadOnlyList<string> Problems(params InstanceFile[] files) => InstanceFileRules.Problems(files);
}
