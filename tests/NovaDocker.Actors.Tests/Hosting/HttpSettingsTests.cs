using Akka.Configuration;
using NovaDocker.Actors.Hosting;
using NovaDocker.Settings;

namespace NovaDocker.Actors.Tests.Hosting;

public sealed class HttpSettingsTests
{
    [Theory]
    [InlineData("off")]
    [InlineData("no")]
    [InlineData("false")]
    public void The_socket_can_be_turned_off(string word) => Assert.Null(Read($"socket = {word}"));

    [Fact]
    public void Socket_mode_and_group_are_as_they_are_set() => Assert.Equal(
        new HttpSettings("/run/nova/docker.sock", UnixFileMode.UserRead | UnixFileMode.UserWrite, "nova"),
        Read("""socket = "/run/nova/docker.sock", mode = "600", group = nova"""));

    [Theory]
    [InlineData("660")]
    [InlineData("0660")]
    [InlineData("0770")]
    [InlineData("0600")]
    public void A_mode_is_octal(string mode) =>
        Assert.Equal(Convert.ToInt32(mode, 8), (int)Read($"mode = \"{mode}\"")!.Mode);

    [Theory]
    [InlineData("0666")]
    [InlineData("0664")]
    [InlineData("0661")]
    [InlineData("0060")]
    [InlineData("0460")]
    [InlineData("0678")]
    [InlineData("1660")]
    [InlineData("rw")]
    [InlineData("")]
    public void A_mode_that_lets_others_in_or_the_owner_out_is_refused(string mode) =>
        Refused($"mode = \"{mode}\"", $"novadocker.http.mode is '{mode}'; 0600, 0660, or another octal mode");

    [Fact]
    public void A_path_is_as_long_as_a_socket_can_have_it()
    {
        var longest = "/" + new string('a', 106);

        Assert.Equal(longest, Read($"socket = \"{longest}\"")!.Socket);
        Refused($"socket = \"{longest}b\"", "of 108 bytes; a path of at most 107 bytes, or off, is expected.");
        Refused($"socket = \"/{new string('ä', 54)}\"", "of 109 bytes");
    }

    [Fact]
    public void A_data_directory_that_is_too_deep_for_it_is_said_with_the_path()
    {
        var deep = "/" + new string('d', 100);
        var refused = Assert.Throws<SettingsException>(() => NovaDockerSettings.Read(
            ConfigurationFactory.ParseString($"novadocker.data-directory = \"{deep}\"")));

        Assert.Contains($"novadocker.http.socket is empty, which means '{deep}/http.sock', of 111 bytes", Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    private static void Refused(string hocon, string message) =>
        Assert.Contains(message, Assert.Single(Assert.Throws<SettingsException>(() => Read(hocon)).Problems), StringComparison.Ordinal);

    private static HttpSettings? Read(string hocon) =>
        NovaDockerSettings.Read(ConfigurationFactory.ParseString($"novadocker.http {{ {hocon} }}")).Http;
}
