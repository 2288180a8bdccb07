using NovaDocker.Actors.Networks;
using NovaDocker.Adapters.Vifs.Commands;
using NovaDocker.Domain.Common;

namespace NovaDocker.Adapters.Tests.Vifs;

/// <summary>Tools as processes: what they are given, how they end, and that none outlives its time.</summary>
public sealed class CommandRunnerTests
{
    private static readonly CommandRunner Runner = new(TimeSpan.FromSeconds(10));

    [Fact]
    public async Task A_tool_is_given_its_arguments_and_its_input_as_they_are()
    {
        var result = await RunAsync(Runner, Shell("printf '%s|' \"$@\"; cat", "a b", "$(reboot)", "'", "") with { Input = "line\n" });

        Assert.Equal((0, "a b|$(reboot)|'||line\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task A_failure_is_told_in_one_line_in_the_words_of_the_tool()
    {
        var result = await RunAsync(Runner, Shell("echo first >&2; echo second >&2; exit 3"));

        Assert.Equal((3, "first; second"), (result.ExitCode, result.Reason));
        var failure = Assert.Throws<VifException>(() => result.OrThrow());
        Assert.Equal((FaultCode.Transient, "a test: first; second"), (failure.Code, failure.Message));
        Assert.Equal("sh ended with code 4 and said nothing", (await RunAsync(Runner, Shell("exit 4"))).Reason);
    }

    [Fact]
    public async Task Much_input_and_much_output_do_not_stand_in_each_others_way()
    {
        var input = new string('x', 1_000_000);

        Assert.Equal(input, (await RunAsync(Runner, Shell("cat; head -c 100000 /dev/zero >&2") with { Input = input })).Output);
        Assert.Equal(0, (await RunAsync(Runner, Shell("exit 0") with { Input = input })).ExitCode);
    }

    [Fact]
    public async Task A_tool_that_is_missing_is_named_with_what_to_do()
    {
        var byName = await Assert.ThrowsAsync<VifException>(() => RunAsync(Runner, Of("ndt-no-such-tool")));
        var byPath = await Assert.ThrowsAsync<VifException>(() => RunAsync(Runner, Of("/opt/ndt-no-such-tool")));

        Assert.Equal((FaultCode.Invalid, "a test: 'ndt-no-such-tool' was not found on PATH; install it"), (byName.Code, byName.Message));
        Assert.Equal("a test: '/opt/ndt-no-such-tool' was not found; install it", byPath.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_program_is_named()
    {
        var failure = await Assert.ThrowsAsync<VifException>(() => RunAsync(Runner, Of("/etc/passwd")));

        Assert.Equal(FaultCode.Invalid, failure.Code);
        Assert.Contains("'/etc/passwd' cannot be run", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_being_replaced_is_a_failure_that_may_pass()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.Copy("/bin/true", file, overwrite: true);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await using var replacing = File.OpenWrite(file);

            Assert.Equal(FaultCode.Transient, (await Assert.ThrowsAsync<VifException>(() => RunAsync(Runner, Of(file)))).Code);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_tool_that_hangs_is_killed_with_what_it_started()
    {
        var file = Path.GetTempFileName();
        var runner = new CommandRunner(TimeSpan.FromMilliseconds(500));

        var failure = await Assert.ThrowsAsync<VifException>(() => RunAsync(runner, Shell($"sleep 100 & echo $! >{file}; wait")));

        Assert.Equal(FaultCode.TimedOut, failure.Code);
        Assert.Contains("sh did not end within 0.5 s (novadocker.networks.command-timeout)", failure.Message, StringComparison.Ordinal);
        var child = (await File.ReadAllTextAsync(file)).Trim();
        await Testing.Eventually.HoldsAsync(() => HasEnded(child), "the child has ended");
        File.Delete(file);
    }

    [Fact]
    public async Task A_call_that_is_called_off_kills_the_tool()
    {
        var file = Path.GetTempFileName();
        var runner = new CommandRunner(TimeSpan.FromMinutes(10));
        using var cancellation = new CancellationTokenSource();
        var running = runner.RunAsync(Shell($"echo $$ >{file}; exec sleep 100"), cancellation.Token);
        var tool = await Testing.Eventually.BecomesAsync(() => File.ReadAllTextAsync(file), text => text.EndsWith('\n'), "the tool runs");
        Assert.False(HasEnded(tool.Trim()));

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Testing.Eventually.CompletesAsync(running, "the call has ended"));
        await Testing.Eventually.HoldsAsync(() => HasEnded(tool.Trim()), "the tool has ended", TimeSpan.FromSeconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(Shell("exit 0"), cancellation.Token));
        File.Delete(file);
    }

    private static bool HasEnded(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/status").Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It is gone, perhaps while it was read.
            return true;
        }
    }

    private static Task<CommandResult> RunAsync(CommandRunner runner, Command command) => runner.RunAsync(command, default);

    private static Command Of(string program) => new("a test", new Tool(program, "install it"), []);

    private static Command Shell(string script, params string[] arguments) =>
        new("a test", new Tool("sh", "install it"), ["-c", script, "sh", .. arguments]);
}
