using NovaDocker.Actors.Secrets;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;

namespace NovaDocker.Actors.Tests.Secrets;

public sealed class AesSecretBoxTests : IDisposable
{
    private const string Text = "s3cret wörds";

    private readonly TemporaryDirectory _directory = new();
    private readonly AesSecretBox _box;

    public AesSecretBoxTests() => _box = AesSecretBox.FromKeyFile(KeyFile);

    private string KeyFile => _directory.Combine("secret.key");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(Text)]
    [InlineData("")]
    public void What_was_sealed_opens_also_after_a_restart(string text)
    {
        var value = _box.Seal(Sample.Id, "TOKEN", text);

        Assert.Equal(text, AesSecretBox.FromKeyFile(KeyFile).Open(Sample.Id, "TOKEN", value));
    }

    [Fact]
    public void One_text_sealed_twice_looks_different_and_never_like_itself()
    {
        var (first, second) = (_box.Seal(Sample.Id, "TOKEN", Text), _box.Seal(Sample.Id, "TOKEN", Text));

        Assert.NotEqual(first, second);
        Assert.DoesNotContain("s3cret", first.Ciphertext, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_moved_to_another_name_or_instance_does_not_open()
    {
        var value = _box.Seal(Sample.Id, "TOKEN", Text);

        Assert.Throws<SecretException>(() => _box.Open(Sample.Id, "OTHER", value));
        Assert.Throws<SecretException>(() => _box.Open(Sample.NewId(), "TOKEN", value));
    }

    [Fact]
    public void A_value_of_another_key_names_both_keys()
    {
        var other = AesSecretBox.FromKeyFile(_directory.Combine("other.key")).Seal(Sample.Id, "TOKEN", Text);

        var error = Assert.Throws<SecretException>(() => _box.Open(Sample.Id, "TOKEN", other));

        Assert.Contains(other.KeyId, error.Message, StringComparison.Ordinal);
        Assert.Contains(_box.Seal(Sample.Id, "TOKEN", Text).KeyId, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(14)]
    [InlineData(30)]
    public void A_value_with_one_bit_changed_does_not_open(int at)
    {
        var value = _box.Seal(Sample.Id, "TOKEN", Text);
        var bytes = Convert.FromBase64String(value.Ciphertext);
        bytes[at] ^= 1;

        Assert.Throws<SecretException>(
            () => _box.Open(Sample.Id, "TOKEN", value with { Ciphertext = Convert.ToBase64String(bytes) }));
    }

    [Theory]
    [InlineData("no base64!")]
    [InlineData("")]
    [InlineData("AAAA")]
    public void Noise_does_not_open(string noise)
    {
        var keyId = _box.Seal(Sample.Id, "TOKEN", Text).KeyId;

        Assert.Throws<SecretException>(() => _box.Open(Sample.Id, "TOKEN", new SealedValue(keyId, noise)));
    }

    [Fact]
    public void The_key_file_is_its_owners_alone() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));

    [Theory]
    [InlineData("not base64 !", "is not base64 text of 32 bytes")]
    [InlineData("AAAA", "holds 3 bytes; 32 are expected")]
    [InlineData("", "holds 0 bytes; 32 are expected")]
    public void A_broken_key_file_is_named_and_left_as_it_is(string content, string message)
    {
        var path = _directory.Combine("broken.key");
        File.WriteAllText(path, content);

        var error = Assert.Throws<SecretException>(() => AesSecretBox.FromKeyFile(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(path));
    }

    [Fact]
    public void A_key_file_that_cannot_be_made_is_named()
    {
        var path = _directory.Combine("missing/secret.key");

        Assert.Contains(path, Assert.Throws<SecretException>(() => AesSecretBox.FromKeyFile(path)).Message, StringComparison.Ordinal);
    }
}
