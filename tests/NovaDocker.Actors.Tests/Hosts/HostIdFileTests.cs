using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;

namespace NovaDocker.Actors.Tests.Hosts;

public sealed class HostIdFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void An_id_is_made_once_and_stays()
    {
        var first = HostIdFile.ReadOrCreate(_directory.Path, Sample.Ids);

        Assert.True(Guid.TryParse(first.Value, out _));
        Assert.Equal(first, HostIdFile.ReadOrCreate(_directory.Path, Sample.Ids));
        Assert.Equal([_directory.Combine("host-id")], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void A_broken_file_is_named_and_left_as_it_is()
    {
        File.WriteAllText(_directory.Combine("host-id"), "my-host\n");

        var error = Assert.Throws<InvalidDataException>(() => HostIdFile.ReadOrCreate(_directory.Path, Sample.Ids));

        Assert.Contains("'my-host'", error.Message, StringComparison.Ordinal);
        Assert.Equal("my-host\n", File.ReadAllText(_directory.Combine("host-id")));
    }
}
