using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Options;

namespace NovaDocker.Cli.Tests.Commands;

public sealed class ShowOptionsTests
{
    private static readonly InstanceView View = Samples.View() with
    {
        Options =
        [
            new OptionView("env.MODE", "(sealed)", new OptionOrigin(OptionSource.Metadata, "")),
            new OptionView("memory", "67108864", new OptionOrigin(OptionSource.UserData, "HostConfig.Memory, line 3")),
            new OptionView("user", "www\u001b[2J\nroot", new OptionOrigin(OptionSource.Image, "")),
        ],
        UserData = new UserDataRecord(UserDataKind.ContainerOptions, "ab12", 812, ["Image is 'base'; it is not used.", "Second\u001b."]),
    };

    private readonly Shell _shell = new();

    public ShowOptionsTests() => _shell.Client.Instances.Add(View);

    [Fact]
    public async Task Show_tells_each_option_with_its_value_and_where_it_came_from()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("show", "web"));

        Assert.Matches(@"\n\nOPTION +VALUE +FROM\n", _shell.Out);
        Assert.Matches(@"\nenv\.MODE +\(sealed\) +metadata\n", _shell.Out);
        Assert.Matches(@"\nmemory +67108864 +user data \(HostConfig\.Memory, line 3\)\n", _shell.Out);
        Assert.Matches(@"\nuser +www\\x1b\[2J\\nroot +image\n", _shell.Out);
    }

    [Fact]
    public async Task Show_tells_what_the_user_data_was()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("show", "web"));

        Assert.Matches(@"\nuser data +container options; 812 bytes, sha256 ab12\n +Image is 'base'; it is not used\.\n +Second\\x1b\.\n", _shell.Out);
    }

    [Fact]
    public async Task Show_for_programs_has_both()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("show", "web", "--json"));

        var row = Assert.Single(_shell.Rows);
        var option = row.GetProperty("options")[1];
        Assert.Equal(
            ("memory", "67108864", "user-data", "HostConfig.Memory, line 3"),
            (option.GetProperty("name").GetString(), option.GetProperty("value").GetString(),
                option.GetProperty("source").GetString(), option.GetProperty("key").GetString()));
        Assert.Equal("image", row.GetProperty("options")[2].GetProperty("source").GetString());
        var userData = row.GetProperty("userData");
        Assert.Equal(
            ("container-options", "ab12", 812),
            (userData.GetProperty("kind").GetString(), userData.GetProperty("sha256").GetString(), userData.GetProperty("bytes").GetInt32()));
        Assert.Equal("Image is 'base'; it is not used.", userData.GetProperty("notes")[0].GetString());
    }

    [Fact]
    public async Task An_instance_without_user_data_has_none()
    {
        _shell.Client.Instances.Add(Samples.View(Samples.Id(2), "bare"));

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("show", "bare"));
        Assert.DoesNotContain("user data", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("OPTION", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_as_it_was()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("list", "--json"));

        Assert.False(Assert.Single(_shell.Rows).TryGetProperty("options", out _));
    }
}
