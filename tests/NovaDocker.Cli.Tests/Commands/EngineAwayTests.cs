using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cli.Tests.Commands;

/// <summary>Commands and lists while an Engine is away.</summary>
public sealed class EngineAwayTests
{
    private readonly Shell _shell = new();

    public static TheoryData<string> Verbs =>
        ["start web", "stop web", "reboot web", "reboot web --hard", "pause web", "unpause web", "delete web", "snapshot web --name s"];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_waits_for_the_Engine_unless_told_otherwise(string line)
    {
        Assert.False((await SentByAsync(line)).RefuseIfEngineAway);
        Assert.False((await SentByAsync($"{line} --engine-away wait")).RefuseIfEngineAway);
        Assert.True((await SentByAsync($"{line} --engine-away refuse")).RefuseIfEngineAway);
    }

    [Fact]
    public async Task A_boot_waits_for_the_Engine_unless_told_otherwise()
    {
        await _shell.RunAsync("boot", "--name", "web", "--image", "nginx", "--engine-away", "refuse");

        Assert.True(Assert.Single(_shell.Client.Sent.OfType<ComputeProtocol.BootInstance>()).RefuseIfEngineAway);
    }

    [Theory]
    [InlineData("boot --name web --image nginx --engine-away refuse")]
    [InlineData("stop web --engine-away refuse")]
    public async Task A_refusal_for_the_Engine_is_exit_code_3_with_what_to_do(string line)
    {
        _shell.Client.Instances.Add(Samples.View());
        _shell.Client.Reply = id => new Refused(id, RefusalCode.EngineAway, "The Docker Engine of host compute-1 is Unreachable: no socket.");

        Assert.Equal(ExitCodes.Refused, await _shell.RunAsync([.. line.Split(' '), "--json"]));

        Assert.Equal("engine-away", _shell.ErrorRow.GetProperty("error").GetString());
        Assert.Contains("no socket", _shell.ErrorRow.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("Ask again later", _shell.ErrorRow.GetProperty("hint").GetString(), StringComparison.Ordinal);
        Assert.Contains("--engine-away", _shell.ErrorRow.GetProperty("hint").GetString(), StringComparison.Ordinal);
        Assert.Equal("", _shell.Out);
    }

    [Fact]
    public async Task Hosts_show_what_waits_and_the_steps_that_take_long()
    {
        _shell.Client.Host = Away();

        Assert.Equal(ExitCodes.Done, await _shell.RunAsync("hosts"));

        var lines = _shell.Out.TrimEnd().Split('\n');
        Assert.Matches("STEPS +ENGINE RESTARTS +ID +PROBLEM$", lines[0]);
        Assert.Matches($"compute-1 .* unreachable 20.10.24 .* 3, 2 waiting +4 +{Samples.Host} +no socket$", lines[1]);
        Assert.Equal("", lines[2]);
        Assert.Matches("^HOST +INSTANCE +STEP +ATTEMPT +FOR +WAITS FOR$", lines[3]);
        Assert.Matches($"^compute-1 +{Samples.Id(1)} +upload-snapshot +1 +1h02m$", lines[4]);
        Assert.Matches($"^compute-1 +{Samples.Id(2)} +ensure-image +2 +2m05s$", lines[5]);
        Assert.Matches($"^compute-1 +{Samples.Id(3)} +start-container +6 +0.5s +the Engine$", lines[6]);
        Assert.Equal(7, lines.Length);
    }

    [Fact]
    public async Task Hosts_with_nothing_slow_are_one_table()
    {
        _shell.Client.Host = Samples.HostView() with
        {
            Steps = 1,
            StepsInHand = [new StepView(Samples.Web, StepKind.StartContainer, 1, TimeSpan.FromSeconds(2), false)],
        };

        await _shell.RunAsync("hosts");

        Assert.Equal(2, _shell.Out.TrimEnd().Split('\n').Length);
        Assert.DoesNotContain("waiting", _shell.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hosts_json_has_every_step_in_hand()
    {
        _shell.Client.Host = Away();

        await _shell.RunAsync("hosts", "--json");

        var row = Assert.Single(_shell.Rows);
        Assert.Equal((3, 2, 4), (
            row.GetProperty("steps").GetInt32(), row.GetProperty("stepsWaiting").GetInt32(), row.GetProperty("engineRestarts").GetInt32()));
        var steps = row.GetProperty("stepsInHand").EnumerateArray().ToList();
        Assert.Equal(4, steps.Count);
        var waiting = Assert.Single(steps, step => step.GetProperty("waiting").GetBoolean());
        Assert.Equal(
            (Samples.Id(3).ToString(), "start-container", 6, 0.5),
            (waiting.GetProperty("instanceId").GetString(), waiting.GetProperty("step").GetString(),
                waiting.GetProperty("attempt").GetInt32(), waiting.GetProperty("elapsedSeconds").GetDouble()));
    }

    [Fact]
    public async Task Reconcile_names_a_container_that_somebody_changed()
    {
        _shell.Client.Reconciled = new HostProtocol.HostReconciled(
            Samples.Host,
            [new ReconcileFinding(FindingKind.DriftedContainer, "4f5e6d", Samples.Web, FindingAction.Recorded, "It was paused behind our back.")],
            0, null);

        await _shell.RunAsync("reconcile");

        Assert.Matches($"drifted-container +4f5e6d +{Samples.Web} +recorded +It was paused", _shell.Out);
    }

    private static HostView Away() => Samples.HostView() with
    {
        EngineState = EngineState.Unreachable,
        Problem = "no socket",
        Steps = 3,
        StepsWaiting = 2,
        EngineRestarts = 4,
        StepsInHand =
        [
            new StepView(Samples.Id(1), StepKind.UploadSnapshot, 1, new TimeSpan(1, 2, 3), false),
            new StepView(Samples.Id(2), StepKind.EnsureImage, 2, new TimeSpan(0, 2, 5), false),
            new StepView(Samples.Id(4), StepKind.StopContainer, 1, TimeSpan.FromSeconds(1.9), false),
            new StepView(Samples.Id(3), StepKind.StartContainer, 6, TimeSpan.FromSeconds(0.5), true),
        ],
    };

    private static async Task<VerbCommand> SentByAsync(string line)
    {
        var shell = new Shell();
        shell.Client.Instances.Add(Samples.View());
        await shell.RunAsync(line.Split(' '));
        return Assert.Single(shell.Client.Sent.OfType<VerbCommand>());
    }
}
