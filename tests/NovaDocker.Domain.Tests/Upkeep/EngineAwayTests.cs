using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Upkeep;

/// <summary>A commander that does not want to wait for the Engine is refused where there is something to wait for.</summary>
public sealed class EngineAwayTests
{
    private const string Problem = "The Engine does not answer.";

    [Theory]
    [InlineData(InstancePhase.Active, InstanceVerb.Stop)]
    [InlineData(InstancePhase.Active, InstanceVerb.Snapshot)]
    [InlineData(InstancePhase.Active, InstanceVerb.Delete)]
    [InlineData(InstancePhase.Stopped, InstanceVerb.Start)]
    [InlineData(InstancePhase.Error, InstanceVerb.HardReboot)]
    [InlineData(InstancePhase.Building, InstanceVerb.Delete)]
    [InlineData(InstancePhase.Restarting, InstanceVerb.Stop)]
    public void A_verb_that_would_begin_is_refused_and_the_history_shows_it(InstancePhase phase, InstanceVerb verb)
    {
        var refused = new Refused(Sample.Id, RefusalCode.EngineAway, Problem);

        Given.In(phase).When(Away(Commands.Of(verb)))
            .Then(Event.Answered(verb, refused))
            .In(phase)
            .Replies(refused);
    }

    [Fact]
    public void A_refusal_is_said_again_also_when_the_Engine_is_back()
    {
        var first = Given.Active().When(Away(Commands.Stop("req-1")));

        first.After.When(Commands.Stop("req-1")).ThenNothing().Replies(first.Reply!);
        first.After.When(Commands.Stop("req-2")).RepliesAccepted();
    }

    [Fact]
    public void What_is_done_already_is_done_without_the_Engine() =>
        Given.Stopped().When(Away(Commands.Stop())).Replies(new AlreadyDone(Sample.Id));

    [Fact]
    public void What_is_under_way_already_may_be_joined_without_the_Engine() =>
        Given.Stopping().When(Away(Commands.Stop())).RepliesAccepted();

    [Fact]
    public void What_would_be_refused_anyway_is_refused_for_that()
    {
        Given.Building().When(Away(Commands.Stop())).RepliesRefused(RefusalCode.Busy);
        Given.Error().When(Away(Commands.Stop())).RepliesRefused(RefusalCode.NoContainer);
        Given.Nothing().When(Away(Commands.Stop())).ThenNothing().Replies(new NotFound(Sample.Id));
    }

    [Fact]
    public void A_request_that_was_accepted_is_answered_without_the_Engine()
    {
        var first = Given.Active().When(Commands.Stop("req-1"));

        first.After.UntilAtRest().When(Away(Commands.Stop("req-1"))).ThenNothing().Replies(first.Reply!);
    }

    [Fact]
    public void A_boot_is_admitted_by_its_host_and_not_refused_here() =>
        Given.Nothing().When(Away(Commands.Boot())).RepliesAccepted();

    private static VerbCommand Away(VerbCommand command) =>
        command with { RefuseIfEngineAway = true, EngineProblem = Problem };
}
