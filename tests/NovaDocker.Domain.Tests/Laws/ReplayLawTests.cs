using CsCheck;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Laws;

/// <summary>What holds for every life, in whatever order things happen. A failure names the seed that repeats it.</summary>
public sealed class ReplayLawTests
{
    private const int Lives = 400;

    [Fact]
    public void Every_decision_keeps_the_laws_and_none_throws() =>
        RandomLife.Any.Sample(
            plot => Assert.Equal(RandomLife.Live(plot).History.Count, RandomLife.Live(plot).State.Revision),
            iter: Lives * 5);

    [Fact]
    public void The_state_that_lived_is_the_state_that_is_replayed() =>
        RandomLife.Any.Sample(
            plot =>
            {
                var lived = (Events: RandomLife.Begin(plot).History, RandomLife.Begin(plot).State);
                foreach (var move in plot.Moves)
                {
                    var decision = new Scenario(lived.Events).Decide(RandomLife.CommandFor(new Scenario(lived.Events), move));
                    lived = ([.. lived.Events, .. decision.Events], decision.State);
                    Assert.Equal(InstanceReplay.Fold(lived.Events), lived.State);
                }
            },
            iter: Lives);

    [Fact]
    public void A_crash_behind_any_event_is_recovered_from() =>
        RandomLife.Any.Sample(
            plot =>
            {
                foreach (var crashed in Crashes(RandomLife.Live(plot)))
                {
                    var isOwed = InstanceWork.Outstanding(crashed.State) is not null;
                    Assert.Equal(crashed.State is InstanceState.Working, isOwed);
                    var recovered = crashed.When(Commands.Resume()).After;
                    Assert.IsNotType<InstanceWork.Advance>(InstanceWork.Outstanding(recovered.State));
                    Assert.IsNotType<InstanceState.Working>(recovered.UntilAtRest().State);
                }
            },
            iter: Lives);

    [Fact]
    public void A_deletion_after_a_crash_behind_any_event_leaves_nothing_behind() =>
        RandomLife.Any.Sample(
            plot =>
            {
                foreach (var crashed in Crashes(RandomLife.Live(plot)))
                {
                    var deleted = crashed.After(Commands.Resume()).After(Commands.Delete("req-last")).UntilAtRest();
                    Assert.Equal(InstancePhase.Deleted, deleted.Phase);
                    Assert.Empty(World.After(deleted.History).Leftovers);
                }
            },
            iter: Lives);

    [Fact]
    public void Nothing_follows_a_deletion_but_answers() =>
        RandomLife.Any.Sample(
            plot =>
            {
                var afterwards = plot.Moves.Where(move => !move.IsOfAnotherLife).Aggregate(Given.Deleted(), (life, move) => life.When(RandomLife.CommandFor(life, move)).After);
                Assert.All(afterwards.History.Skip(Given.Deleted().History.Count), e => Assert.IsType<CommandAnswered>(e));
                Assert.Equal(InstancePhase.Deleted, afterwards.Phase);
            },
            iter: Lives);

    [Fact]
    public void Random_lives_reach_every_phase_and_every_event()
    {
        var phases = new HashSet<InstancePhase>();
        var events = new HashSet<Type>();
        var allPhases = Enum.GetValues<InstancePhase>().Except([InstancePhase.Absent]).Order().ToArray();
        var allEvents = EveryEvent().OrderBy(type => type.Name).ToArray();
        for (var batch = 0; batch < 20 && !(phases.Count == allPhases.Length && events.Count == allEvents.Length); batch++)
        {
            RandomLife.Any.Sample(
                plot =>
                {
                    foreach (var @event in RandomLife.Live(plot).History)
                    {
                        phases.Add(@event.Header.After);
                        events.Add(@event.GetType());
                    }
                },
                iter: Lives * 25,
                threads: 1);
        }

        Assert.Equal(allPhases, phases.Order());
        Assert.Equal(allEvents, events.OrderBy(type => type.Name));
    }

    private static IEnumerable<Type> EveryEvent() => typeof(InstanceProtocol).GetNestedTypes()
        .Where(type => type.IsSubclassOf(typeof(InstanceEvent)) && !type.IsAbstract);

    private static IEnumerable<Scenario> Crashes(Scenario life) =>
        Enumerable.Range(1, life.History.Count).Select(life.CutTo);
}
