using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using NovaDocker.Actors.Hosting;
using NovaDocker.Http.Hosting;
using NovaDocker.Http.Tests.Equipment;
using NovaDocker.Settings;

namespace NovaDocker.Http.Tests;

/// <summary>The socket: who may connect, what lies there before, and what is left behind.</summary>
public sealed class SocketTests : IDisposable
{
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nd-sock-");

    private string SocketPath => Path.Combine(_directory.FullName, "http.sock");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void It_is_for_owner_and_group_before_anybody_can_connect()
    {
        using var socket = DoorSocket.Bind(Settings() with { Mode = OwnerAndGroup });

        Assert.Equal(OwnerAndGroup, File.GetUnixFileMode(SocketPath));
        Assert.Equal(SocketError.ConnectionRefused, Connect());
        socket.Listen();
        Assert.Equal(SocketError.Success, Connect());
    }

    [Fact]
    public void The_mode_is_the_one_that_is_set_whatever_the_mask_of_the_process()
    {
        const UnixFileMode all = OwnerAndGroup | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;
        using var socket = DoorSocket.Bind(Settings() with { Mode = all });

        Assert.Equal(all, File.GetUnixFileMode(SocketPath));
    }

    [SkippableTheory]
    [InlineData("daemon")]
    [InlineData("1")]
    public async Task It_is_given_to_the_group_by_name_or_number(string group)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root, to give a file to another group");

        using var socket = DoorSocket.Bind(Settings() with { Group = group });

        Assert.Equal("1", await StatAsync("%g"));
    }

    [Fact]
    public void A_group_that_is_not_there_is_said_and_nothing_is_made()
    {
        var refused = Assert.Throws<SettingsException>(() => DoorSocket.Bind(Settings() with { Group = "no-such-group" }));

        Assert.Contains("novadocker.http.group is 'no-such-group'", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public void What_a_dead_node_left_is_replaced()
    {
        // Closed without its file being removed, as by a kill: .NET removes those of its own endpoints.
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(SocketPath));
            dead.Listen();
            File.Move(SocketPath, SocketPath + ".kept");
        }

        File.Move(SocketPath + ".kept", SocketPath);
        Assert.Equal(SocketError.ConnectionRefused, Connect());

        using var socket = DoorSocket.Bind(Settings());
        socket.Listen();

        Assert.Equal(SocketError.Success, Connect());
    }

    [Fact]
    public void That_of_a_living_process_is_not()
    {
        using var living = DoorSocket.Bind(Settings());
        living.Listen();

        var refused = Assert.Throws<SettingsException>(() => DoorSocket.Bind(Settings()));

        Assert.Contains("at which another process listens", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.Equal(SocketError.Success, Connect());
    }

    [Fact]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        File.WriteAllText(SocketPath, "precious");

        var refused = Assert.Throws<SettingsException>(() => DoorSocket.Bind(Settings()));

        Assert.Contains("something lies that is no socket", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(SocketPath));
    }

    [Fact]
    public void A_directory_that_is_not_there_is_said()
    {
        var refused = Assert.Throws<SettingsException>(() => DoorSocket.Bind(Settings() with { Socket = "/nowhere/at/all/http.sock" }));

        Assert.Contains("novadocker.http.socket is '/nowhere/at/all/http.sock', where no socket can be made", Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_takes_its_socket_away_when_it_stops()
    {
        await using var lab = await DoorLab.StartedAsync();
        Assert.True(File.Exists(lab.SocketPath));

        await lab.StopAsync();

        Assert.False(File.Exists(lab.SocketPath));
    }

    [Fact]
    public async Task Turned_off_there_is_none()
    {
        await using var lab = DoorLab.Empty();

        await lab.StartWithoutClientAsync("novadocker.http.socket = off");

        Assert.False(File.Exists(lab.SocketPath));
    }

    [Theory]
    [InlineData("group = no-such-group", "novadocker.http.group is 'no-such-group'")]
    [InlineData("socket = \"/nowhere/at/all/http.sock\"", "whose directory does not exist")]
    [InlineData("socket = \"/dev/null\"", "where something lies that is no socket")]
    public void What_cannot_be_is_said_before_anything_starts(string hocon, string message)
    {
        var settings = NovaDockerSettings.Read(Akka.Configuration.ConfigurationFactory.ParseString($"novadocker.http {{ {hocon} }}"));

        var refused = Assert.Throws<SettingsException>(() => new ServiceCollection().AddNovaDockerHttp(settings));

        Assert.Contains(message, Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_does_not_take_the_socket_of_another_one()
    {
        await using var first = await DoorLab.StartedAsync();
        await using var second = DoorLab.Empty();

        var refused = await Assert.ThrowsAsync<SettingsException>(
            () => second.StartWithoutClientAsync($"novadocker.http.socket = \"{first.SocketPath}\""));

        Assert.Contains("at which another process listens", Assert.Single(refused.Problems), StringComparison.Ordinal);
        (await first.Client.GetAsync("/v1/health")).Expect(System.Net.HttpStatusCode.OK);
    }

    private HttpSettings Settings() => new(SocketPath, OwnerAndGroup, "");

    private SocketError Connect()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    private async Task<string> StatAsync(string format)
    {
        using var stat = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("stat", ["-c", format, SocketPath]) { RedirectStandardOutput = true })!;
        return (await stat.StandardOutput.ReadToEndAsync()).Trim();
    }
}
