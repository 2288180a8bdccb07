using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cli.Tests.Commands;

public sealed class BootTests
{
    private readonly Shell _shell = new();

    private ComputeProtocol.BootInstance Sent => Assert.Single(_shell.Client.Sent.OfType<ComputeProtocol.BootInstance>());

    [Fact]
    public async Task Boot_sends_what_the_line_says()
    {
        var exitCode = await _shell.RunAsync(
            "boot", "--name", "web", "--image", "nginx", "--id", Samples.Web.ToString(), "--memory-mb", "256", "--vcpus", "2",
            "--env", "A=1", "--env", "B=x=y", "--request-id", "req-7", "--user", "u1", "--project", "p1",
            "--command", "sh", "-c", "echo hi");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(
            new ComputeProtocol.BootInstance(
                Samples.Web,
                new RequestContext("req-7", new Initiator("u1", "p1", "novadocker")),
                "web",
                "nginx",
                256,
                2,
                ["sh", "-c", "echo hi"],
                new EquatableMap<string>([KeyValuePair.Create("A", "1"), KeyValuePair.Create("B", "x=y")])),
            Sent);
        Assert.True(_shell.Client.Disposed);
    }

    [Fact]
    public async Task Boot_without_options_takes_the_defaults()
    {
        await _shell.RunAsync("boot", "--name", "web", "--image", "nginx");

        Assert.Equal((512, 1), (Sent.MemoryMb, Sent.Vcpus));
        Assert.True(Sent.Command.IsEmpty);
        Assert.NotEqual(Guid.Empty, Sent.InstanceId.Value);
        Assert.StartsWith("req-", Sent.Request.RequestId, StringComparison.Ordinal);
        Assert.Equal("carol", Sent.Request.Initiator.UserId);
    }

    [Fact]
    public async Task An_option_after_the_command_words_is_one_of_boot()
    {
        await _shell.RunAsync("boot", "--name", "web", "--image", "nginx", "--command", "sleep", "60", "--json");

        Assert.Equal(["sleep", "60"], Sent.Command);
        Assert.Single(_shell.Rows);
    }

    [Fact]
    public async Task Words_after_two_hyphens_are_the_commands()
    {
        await _shell.RunAsync("boot", "--name", "web", "--image", "nginx", "--", "ls", "--json", "@file");

        Assert.Equal(["ls", "--json", "@file"], Sent.Command);
    }

    [Fact]
    public async Task Boot_json_is_one_object_with_what_programs_need()
    {
        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("boot", "--json", "--name", "web", "--image", "nginx", "--id", Samples.Web.ToString()));

        var row = Assert.Single(_shell.Rows);
        Assert.Equal(Samples.Web.ToString(), row.GetProperty("id").GetString());
        Assert.Equal("active", row.GetProperty("state").GetString());
        Assert.Equal(Samples.Host.Value, row.GetProperty("host").GetString());
        Assert.Equal("0123456789abcdef", row.GetProperty("containerId").GetString());
        Assert.Equal("done", row.GetProperty("outcome").GetString());
        Assert.Equal("2026-03-01T12:00:00Z", row.GetProperty("createdAt").GetString());
        Assert.Equal("", _shell.Error);
    }

    [Fact]
    public async Task Progress_is_told_on_standard_error_once_a_step()
    {
        _shell.Client.Course = id =>
        [
            Samples.View(id, phase: InstancePhase.Building, operation: Samples.Building(StepKind.EnsureImage, new TransferProgress(1, 10))),
            Samples.View(id, phase: InstancePhase.Building, operation: Samples.Building(StepKind.EnsureImage, new TransferProgress(5, 10))),
            Samples.View(id, phase: InstancePhase.Building, operation: Samples.Building(StepKind.CreateContainer, attempt: 2)),
            Samples.View(id),
        ];

        await _shell.RunAsync("boot", "--name", "web", "--image", "nginx", "--id", Samples.Web.ToString());

        Assert.Equal(
            [
                $"boot {Samples.Web}: building: ensure-image",
                $"boot {Samples.Web}: building: create-container, attempt 2",
                $"boot {Samples.Web}: active",
            ],
            _shell.Error.TrimEnd().Split(Environment.NewLine));
        Assert.Equal($"{Samples.Web} active on compute-1", _shell.Out.TrimEnd());
    }

    [Fact]
    public async Task Boot_that_ends_in_error_fails_with_the_fault()
    {
        _shell.Client.Course = id =>
            [Samples.View(id, phase: InstancePhase.Error, fault: new Fault(FaultCode.ChecksumMismatch, "The image is torn."))];

        Assert.Equal(ExitCodes.Failed, await _shell.RunAsync("boot", "--json", "--name", "web", "--image", "nginx"));

        var row = Assert.Single(_shell.Rows);
        Assert.Equal(("error", "failed"), (row.GetProperty("state").GetString(), row.GetProperty("outcome").GetString()));
        Assert.Equal("checksum-mismatch", row.GetProperty("fault").GetProperty("code").GetString());
        Assert.Equal("checksum-mismatch", _shell.ErrorRow.GetProperty("error").GetString());
        Assert.Contains("The image is torn.", _shell.ErrorRow.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, _shell.ErrorRow.GetProperty("exitCode").GetInt32());
    }

    [Theory]
    [InlineData(0, ExitCodes.Done, "has ended already, with exit code 0")]
    [InlineData(3, ExitCodes.Failed, "exit 3")]
    public async Task Boot_whose_process_ends_at_once_says_so(int processExit, int exitCode, string words)
    {
        _shell.Client.Course = id =>
            [Samples.View(id, phase: InstancePhase.Stopped, exit: new ContainerExit(Samples.Noon, Samples.Noon, processExit, false))];

        Assert.Equal(exitCode, await _shell.RunAsync("boot", "--name", "web", "--image", "nginx"));
        Assert.Contains(words, _shell.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RefusalCode.ImageNotFound, ExitCodes.NotFound, "not-found")]
    [InlineData(RefusalCode.AlreadyExists, ExitCodes.Refused, "already-exists")]
    [InlineData(RefusalCode.NoCapacity, ExitCodes.Refused, "no-capacity")]
    public async Task Refusals_have_their_exit_codes(RefusalCode code, int exitCode, string name)
    {
        _shell.Client.Reply = id => new Refused(id, code, "No, because.");

        Assert.Equal(exitCode, await _shell.RunAsync("boot", "--json", "--name", "web", "--image", "nginx"));
        Assert.Equal(name, _shell.ErrorRow.GetProperty("error").GetString());
        Assert.Equal("No, because.", _shell.ErrorRow.GetProperty("message").GetString());
        Assert.Equal("", _shell.Out);
    }

    [Fact]
    public async Task No_wait_returns_after_the_acceptance()
    {
        _shell.Client.Instances.Add(Samples.View(phase: InstancePhase.Building));
        _shell.Client.Hang = new TaskCompletionSource();

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("boot", "--json", "--name", "web", "--image", "nginx", "--id", Samples.Web.ToString(), "--no-wait"));

        var row = Assert.Single(_shell.Rows);
        Assert.Equal(("building", "accepted"), (row.GetProperty("state").GetString(), row.GetProperty("outcome").GetString()));
        Assert.Equal(Samples.Operation.ToString(), row.GetProperty("operationId").GetString());
    }

    [Fact]
    public async Task Interrupting_the_wait_says_that_the_boot_goes_on()
    {
        _shell.Client.Hang = new TaskCompletionSource();
        using var interrupt = new CancellationTokenSource();
        var run = _shell.RunAsync(interrupt.Token, "boot", "--name", "web", "--image", "nginx", "--id", Samples.Web.ToString());
        await _shell.Client.Hang.Task;
        await interrupt.CancelAsync();

        Assert.Equal(ExitCodes.Interrupted, await run);
        Assert.Contains("goes on", _shell.Error, StringComparison.Ordinal);
        Assert.Contains($"novadocker show {Samples.Web}", _shell.Error, StringComparison.Ordinal);
    }
}
