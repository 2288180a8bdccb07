using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Cli.Tests.Commands;

/// <summary>What a line says of staying up, and what is shown of it.</summary>
public sealed class UpkeepTests
{
    private readonly Shell _shell = new();

    private ComputeProtocol.BootInstance Sent => Assert.Single(_shell.Client.Sent.OfType<ComputeProtocol.BootInstance>());

    [Fact]
    public async Task A_boot_that_says_nothing_of_staying_up_sends_nothing_of_it()
    {
        Assert.Equal(ExitCodes.Done, await BootAsync());

        Assert.Equal(UpkeepPolicy.None, Sent.Upkeep);
        Assert.Null(Sent.HealthCheck);
        Assert.False(Sent.RefuseIfEngineAway);
        Assert.Equal(OperationTerms.Usual, Sent.Terms);
    }

    [Fact]
    public async Task A_process_may_have_to_stay_up()
    {
        Assert.Equal(ExitCodes.Done, await BootAsync("--must-stay-up"));

        Assert.Equal(new OperationTerms { MustStayUp = true }, Sent.Terms);
    }

    [Theory]
    [InlineData("no", RestartMode.No, 0)]
    [InlineData("on-failure", RestartMode.OnFailure, 0)]
    [InlineData("on-failure:0", RestartMode.OnFailure, 0)]
    [InlineData("on-failure:1000000", RestartMode.OnFailure, 1_000_000)]
    [InlineData("always", RestartMode.Always, 0)]
    [InlineData("unless-stopped", RestartMode.UnlessStopped, 0)]
    public async Task Restart_is_read_as_docker_run_reads_it(string text, RestartMode mode, int maxRestarts)
    {
        Assert.Equal(ExitCodes.Done, await BootAsync("--restart", text));

        Assert.Equal(UpkeepPolicy.None with { Restart = new RestartPolicy(mode, maxRestarts) }, Sent.Upkeep);
    }

    [Fact]
    public async Task A_health_check_is_sent_as_a_line_of_the_shell()
    {
        Assert.Equal(ExitCodes.Done, await BootAsync(
            "--health-cmd", "wget -q localhost || exit 1", "--health-interval", "10s", "--health-timeout", "1500ms",
            "--health-start-period", "2m", "--health-retries", "4", "--when-unhealthy", "restart"));

        Assert.Equal(
            new HealthCheck(
                ["/bin/sh", "-c", "wget -q localhost || exit 1"], TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1.5),
                TimeSpan.FromMinutes(2), 4),
            Sent.HealthCheck);
        Assert.Equal(UnhealthyAction.Restart, Sent.Upkeep.WhenUnhealthy);
    }

    [Fact]
    public async Task What_is_not_said_of_a_health_check_is_left_to_the_Engine()
    {
        await BootAsync("--health-cmd", "true");

        Assert.Equal(new HealthCheck(["/bin/sh", "-c", "true"], TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 0), Sent.HealthCheck);
    }

    [Fact]
    public async Task No_healthcheck_switches_the_images_check_off()
    {
        await BootAsync("--no-healthcheck");

        Assert.Equal(HealthCheck.Off, Sent.HealthCheck);
    }

    [Fact]
    public async Task A_lost_container_may_be_made_anew()
    {
        await BootAsync("--when-lost", "recreate");

        Assert.Equal(UpkeepPolicy.None with { WhenLost = LostAction.Recreate }, Sent.Upkeep);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("1ms", 1)]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1500)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("24h", 86_400_000)]
    public async Task Times_are_read_as_docker_reads_them(string text, int milliseconds)
    {
        Assert.Equal(ExitCodes.Done, await BootAsync("--health-cmd", "true", "--health-interval", text));

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Sent.HealthCheck!.Interval);
    }

    [Fact]
    public async Task A_boot_whose_process_ended_and_is_started_again_is_done_and_says_so()
    {
        _shell.Client.Course = id => [Restarting() with { Id = id }];

        Assert.Equal(ExitCodes.Done, await BootAsync("--restart", "always"));
        Assert.Contains(
            "The instance's process has ended (exit 137 (SIGKILL)); it is started again by its own policy at 12:00:05Z, restart 3 in a row.",
            _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snapshot_of_an_instance_that_crashed_meanwhile_is_done_and_says_so()
    {
        _shell.Client.Course = id => [Restarting()];

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("snapshot", Samples.Web.ToString(), "--name", "s"));
        Assert.Contains("is started again by its own policy", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_tells_how_an_instance_stays_up_and_what_it_waits_for()
    {
        _shell.Client.Instances.Add(Restarting());

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("show", "web"));

        foreach (var line in new[]
        {
            @"^state +restarting$", @"^under way +restarting: next start at 12:00:05Z$",
            @"^last exit +exit 137 \(SIGKILL\) at 2026-03-01 12:00:01\.000Z$", @"^last output +starting$", @"^ {10,}\\x1b\[2Jboom\\t!$",
            @"^restart +on-failure:5; restarts in a row: 3$", "^when unhealthy +restart$", "^when lost +recreate$",
            @"^container name +mine \(it was renamed\)$",
        })
            Assert.Matches($"(?m){line}", _shell.Out);
        Assert.DoesNotContain("up since", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _shell.Out);
    }

    [Fact]
    public async Task Show_tells_since_when_it_is_up_and_how_it_feels()
    {
        _shell.Client.Instances.Add(Samples.View() with { RunStartedAt = Samples.Noon, Health = HealthStatus.Unhealthy });

        await _shell.RunAsync("show", "web");

        Assert.Matches(@"(?m)^up since +2026-03-01 12:00:00\.000Z$", _shell.Out);
        Assert.Matches("(?m)^health +unhealthy$", _shell.Out);
        Assert.Matches("(?m)^restart +no$", _shell.Out);
        Assert.DoesNotContain("container name", _shell.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("last output", _shell.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(129, false, "exit 129 (SIGHUP)")]
    [InlineData(139, false, "exit 139 (SIGSEGV)")]
    [InlineData(143, false, "exit 143 (SIGTERM)")]
    [InlineData(159, false, "exit 159 (SIGSYS)")]
    [InlineData(160, false, "exit 160 (signal 32)")]
    [InlineData(137, true, "exit 137 (SIGKILL), out of memory")]
    [InlineData(128, false, "exit 128 at")]
    [InlineData(3, false, "exit 3 at")]
    public async Task An_exit_code_that_names_a_signal_is_shown_with_it(int exitCode, bool outOfMemory, string words)
    {
        _shell.Client.Instances.Add(Samples.View(
            phase: InstancePhase.Stopped, exit: new ContainerExit(Samples.Noon, Samples.Noon, exitCode, outOfMemory)));

        await _shell.RunAsync("show", "web");

        Assert.Contains(words, _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_it_all_in_fields()
    {
        _shell.Client.Instances.Add(Restarting() with { Health = HealthStatus.Unhealthy });

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("show", "web", "--json"));

        var row = Assert.Single(_shell.Rows);
        Assert.Equal(
            "restarting on-failure:5 restart recreate unhealthy 2026-03-01T12:00:00Z mine",
            string.Join(' ', new[] { "state", "restartPolicy", "whenUnhealthy", "whenLost", "health", "runStartedAt", "containerName" }
                .Select(field => row.GetProperty(field).GetString())));
        Assert.Equal(3, row.GetProperty("restarts").GetInt32());
        Assert.Equal(9, row.GetProperty("lastExit").GetProperty("signal").GetInt32());
        Assert.Equal("starting\n\u001b[2Jboom\t!\r\n", row.GetProperty("lastExit").GetProperty("output").GetString());
        Assert.Equal("restart", row.GetProperty("operation").GetProperty("verb").GetString());
        Assert.Equal("2026-03-01T12:00:05Z", row.GetProperty("operation").GetProperty("retryAt").GetString());
    }

    [Fact]
    public async Task Json_names_the_container_also_where_nobody_renamed_it()
    {
        _shell.Client.Instances.AddRange([Samples.View(), Samples.View(Samples.Id(2)) with { ContainerId = null }]);

        await _shell.RunAsync("list", "--json");

        Assert.Equal([$"nova-{Samples.Web}", null], _shell.Rows.Select(row => row.GetProperty("containerName").GetString()));
        Assert.Equal([null, null], _shell.Rows.Select(row => row.GetProperty("health").GetString()));
    }

    [Theory]
    [InlineData(InstancePhase.Active, HealthStatus.Healthy, "active (healthy)")]
    [InlineData(InstancePhase.Active, HealthStatus.Unhealthy, "active (unhealthy)")]
    [InlineData(InstancePhase.Active, HealthStatus.Starting, "active (health: starting)")]
    [InlineData(InstancePhase.Active, null, "active ")]
    [InlineData(InstancePhase.Paused, HealthStatus.Healthy, "paused ")]
    public async Task List_shows_health_as_docker_ps_does(InstancePhase phase, HealthStatus? health, string words)
    {
        _shell.Client.Instances.Add(Samples.View(phase: phase) with { Health = health });

        await _shell.RunAsync("list");

        Assert.Matches($@"web +{System.Text.RegularExpressions.Regex.Escape(words)} +compute-1", _shell.Out);
    }

    [Fact]
    public async Task A_history_row_stays_one_line_whatever_the_process_wrote()
    {
        _shell.Client.History.Add(Samples.Entry(1) with
        {
            Data = new([KeyValuePair.Create("output", "one\ntwo\u001b[2J")]),
        });

        await _shell.RunAsync("history", Samples.Web.ToString());

        Assert.Equal(2, _shell.Out.TrimEnd().Split('\n').Length);
        Assert.Contains(@"output=one\ntwo\x1b[2J", _shell.Out, StringComparison.Ordinal);
    }

    private static InstanceView Restarting() => Samples.View(
        phase: InstancePhase.Restarting,
        operation: new OperationView(
            Samples.Operation, InstanceVerb.Restart, StepKind.StartContainer, 0, Samples.Noon.AddSeconds(5), null),
        exit: new ContainerExit(Samples.Noon, Samples.Noon.AddSeconds(1), 137, false) { Output = "starting\n\u001b[2Jboom\t!\r\n" }) with
    {
        RunStartedAt = Samples.Noon,
        ContainerAlias = "mine",
        Upkeep = new UpkeepPolicy(new RestartPolicy(RestartMode.OnFailure, 5), UnhealthyAction.Restart, LostAction.Recreate),
        Restarts = 3,
    };

    private Task<int> BootAsync(params string[] options) =>
        _shell.RunAsync(["boot", "--name", "web", "--image", "nginx", .. options]);
}
