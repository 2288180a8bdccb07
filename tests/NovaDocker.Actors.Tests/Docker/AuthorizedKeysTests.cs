using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Tests.Equipment;

namespace NovaDocker.Actors.Tests.Docker;

public sealed class AuthorizedKeysTests : IDisposable
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx demo@example";

    private readonly string _directory = Directory.CreateTempSubdirectory("novadocker-keys").FullName;
    private readonly AuthorizedKeys _keys;

    public AuthorizedKeysTests() => _keys = new AuthorizedKeys(Path.Combine(_directory, "keys"));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_key_lies_where_sshd_takes_it()
    {
        var own = _keys.Write(Sample.Id, Key);

        var file = Assert.Single(Directory.GetFiles(own));
        Assert.Equal("authorized_keys", Path.GetFileName(file));
        Assert.Equal(Key + "\n", File.ReadAllText(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(own));
    }

    [Fact]
    public void A_key_that_is_there_is_not_written_again()
    {
        var file = Path.Combine(_keys.Write(Sample.Id, Key), "authorized_keys");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        _keys.Write(Sample.Id, Key);

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void What_a_crash_left_half_written_is_written_anew()
    {
        var own = _keys.Write(Sample.Id, Key);
        File.WriteAllText(Path.Combine(own, "authorized_keys"), "ssh-ed");
        File.WriteAllText(Path.Combine(own, "authorized_keys.partial"), "ssh");

        _keys.Write(Sample.Id, Key);

        Assert.Equal(Key + "\n", File.ReadAllText(Path.Combine(own, "authorized_keys")));
        Assert.Single(Directory.GetFiles(own));
    }

    [Fact]
    public void A_key_goes_with_its_instance_alone_and_may_go_twice()
    {
        var other = _keys.Write(Sample.NewId(), Key);
        var own = _keys.Write(Sample.Id, Key);

        _keys.Remove(Sample.Id);
        _keys.Remove(Sample.Id);

        Assert.False(Directory.Exists(own));
        Assert.True(Directory.Exists(other));
    }
}
