using CsCheck;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Laws;

/// <summary>What an instance may do by itself in any life, and what never.</summary>
public sealed class UpkeepLawTests
{
    private const int Lives = 1000;

    [Fact]
    public void Without_a_policy_nothing_is_ever_started_by_itself() =>
        RandomLife.With(Gen.Const(UpkeepPolicy.None)).Sample(
            plot => Assert.DoesNotContain(RandomLife.Live(plot).History, e => e is RestartRequested or RestartGivenUp),
            iter: Lives);

    [Fact]
    public void A_restart_has_a_cause_that_the_policy_takes_for_one() =>
        RandomLife.Any.Sample(
            plot => Assert.All(RandomLife.Live(plot).History.OfType<RestartRequested>(), e => Assert.True(
                e.Cause switch
                {
                    RestartCause.Exited => plot.Upkeep.Restart.Mode != RestartMode.No,
                    RestartCause.EngineRestarted => plot.Upkeep.Restart.Mode == RestartMode.Always,
                    RestartCause.Unhealthy => plot.Upkeep.WhenUnhealthy == UnhealthyAction.Restart,
                    _ => plot.Upkeep.WhenLost == LostAction.Recreate,
                },
                $"{e.Cause} under {plot.Upkeep}")),
            iter: Lives);

    [Fact]
    public void What_was_stopped_on_request_is_never_started_by_itself() =>
        RandomLife.With(Gen.Const(new UpkeepPolicy(
            new RestartPolicy(RestartMode.UnlessStopped, 0), UnhealthyAction.Restart, LostAction.Recreate))).Sample(
            plot =>
            {
                var (isToStayStopped, isLeftStopped) = (false, false);
                foreach (var @event in RandomLife.Live(plot).History)
                {
                    Assert.False(isToStayStopped && @event is RestartRequested, "It was stopped on request.");
                    isLeftStopped = @event is OperationRequest request ? request.Terms.LeavesStopped : isLeftStopped;
                    isToStayStopped = @event switch
                    {
                        OperationCompleted { Verb: InstanceVerb.Stop } => true,
                        OperationCompleted when isLeftStopped => true,
                        PowerChangeRequested { Verb: not InstanceVerb.ConfirmResize } or ContainerDrifted { Drift: DriftKind.Started } => false,
                        BootRequested or RebuildRequested or ResizeRequested => false,
                        _ => isToStayStopped,
                    };
                }
            },
            iter: Lives);

    [Fact]
    public void No_row_of_restarts_is_longer_than_the_policy_allows() =>
        RandomLife.With(Gen.Int[1, 2].Select(most => Keep.OnFailure(most) with
        {
            WhenUnhealthy = UnhealthyAction.Restart,
            WhenLost = LostAction.Recreate,
        })).Sample(
            plot =>
            {
                var row = 0;
                foreach (var restart in RandomLife.Live(plot).History.OfType<RestartRequested>())
                {
                    Assert.InRange(restart.Restart, 1, plot.Upkeep.Restart.MaxRestarts);
                    Assert.True(restart.Restart == 1 || restart.Restart == row + 1, $"{restart.Restart} follows {row}.");
                    row = restart.Restart;
                }
            },
            iter: Lives);

    [Fact]
    public void Every_state_is_told_in_words_that_the_table_of_the_document_has_for_its_phase()
    {
        var table = NovaStates.ToMarkdown().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => Enum.Parse<InstancePhase>(cells[0]));
        RandomLife.Any.Sample(
            plot =>
            {
                var life = RandomLife.Live(plot);
                for (var events = 1; events <= life.History.Count; events++)
                {
                    var state = life.CutTo(events).State;
                    var words = NovaStates.Of(state);
                    Assert.Contains(words.VmState, table[state.Phase][1].Split(", "));
                    Assert.Contains(words.TaskState ?? "none", table[state.Phase][2].Split(", "));
                    Assert.Contains(words.PowerState, table[state.Phase][3].Split(", "));
                }
            },
            iter: Lives / 10);
    }
}
