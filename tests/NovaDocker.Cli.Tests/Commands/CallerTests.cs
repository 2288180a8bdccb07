using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Tests.Commands;

/// <summary>On whose behalf the image store is asked: the project of the command line, and a token from the environment alone.</summary>
public sealed class CallerTests
{
    private const string Secret = "gAAAAABk-secret";

    private readonly Shell _shell = new();

    [Fact]
    public async Task Without_a_project_the_operator_asks()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("images"));

        Assert.Equal(ImageCaller.Nobody, _shell.Client.Caller);
    }

    [Fact]
    public async Task The_project_and_its_token_go_with_questions_and_images()
    {
        _shell.Variables["OS_TOKEN"] = Secret;
        _shell.Input = [1];
        var caller = new ImageCaller("alpha", new RequestToken(Secret));

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("images", "--project", "alpha"));
        Assert.Equal(caller, _shell.Client.Caller);
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("image-add", "-", "--name", "x", "--project", "alpha"));
        Assert.Equal(caller, _shell.Client.Caller);
    }

    [Fact]
    public async Task The_token_goes_with_a_boot_and_a_snapshot_and_into_no_text()
    {
        _shell.Variables["OS_TOKEN"] = Secret;

        await _shell.RunAsync("boot", "--name", "web", "--image", "busybox", "--memory-mb", "64", "--no-wait", "--json");
        await _shell.RunAsync("snapshot", Samples.Web.ToString(), "--name", "later", "--no-wait");

        Assert.Equal(Secret, _shell.Client.Sent.OfType<ComputeProtocol.BootInstance>().Single().Token?.Value);
        Assert.Equal(Secret, _shell.Client.Sent.OfType<InstanceProtocol.Snapshot>().Single().Token?.Value);
        Assert.DoesNotContain(Secret, _shell.Out + _shell.Error, StringComparison.Ordinal);
        Assert.All(_shell.Client.Sent, sent => Assert.DoesNotContain(Secret, sent.ToString()!, StringComparison.Ordinal));
    }
}
