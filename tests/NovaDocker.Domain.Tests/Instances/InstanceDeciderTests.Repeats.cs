using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Instances;

public sealed partial class InstanceDeciderTests
{
    [Fact]
    public void An_accepted_request_said_again_gets_the_same_operation_even_after_its_end()
    {
        var first = Given.Active().When(Commands.Stop("req-1"));

        first.After.When(Commands.Stop("req-1")).ThenNothing().Replies(first.Reply!);
        first.After.UntilAtRest().When(Commands.Stop("req-1")).ThenNothing().Replies(first.Reply!);
    }

    [Fact]
    public void A_boot_said_again_gets_its_acceptance_and_no_second_instance()
    {
        var first = Given.Nothing().When(Commands.Boot("req-1"));

        first.After.UntilAtRest().When(Commands.Boot("req-1")).ThenNothing().Replies(first.Reply!);
    }

    [Fact]
    public void A_refused_request_said_again_is_refused_again_even_where_it_would_now_be_done()
    {
        var first = Given.Building().When(Commands.Stop("req-1")).RepliesRefused(RefusalCode.Busy);

        first.After.UntilAtRest().When(Commands.Stop("req-1")).ThenNothing().Replies(first.Reply!);
    }

    [Fact]
    public void An_already_done_request_said_again_is_already_done_even_where_it_would_now_begin()
    {
        var first = Given.Active().When(Commands.Start("req-1")).Replies(new AlreadyDone(Sample.Id));
        var stopped = first.After.After(Commands.Stop()).UntilAtRest();

        stopped.When(Commands.Start("req-1")).ThenNothing().Replies(first.Reply!);
    }

    [Fact]
    public void A_joined_request_said_again_gets_the_operation_it_joined()
    {
        var first = Given.Stopping().When(Commands.Stop("req-1"));

        first.After.UntilAtRest().When(Commands.Stop("req-1")).ThenNothing().Replies(first.Reply!);
    }

    [Fact]
    public void The_same_request_with_another_verb_is_a_new_command() =>
        Given.Active().After(Commands.Stop("req-1")).UntilAtRest()
            .When(Commands.Start("req-1"))
            .In(InstancePhase.Starting)
            .RepliesAccepted();

    [Fact]
    public void A_hard_reboot_is_not_the_repetition_of_a_soft_one() =>
        Given.Active().After(Commands.SoftReboot("req-1")).UntilAtRest()
            .When(Commands.HardReboot("req-1"))
            .In(InstancePhase.Rebooting)
            .RepliesAccepted();

    [Fact]
    public void An_answer_is_remembered_until_as_many_others_came_as_are_kept()
    {
        var first = Given.Active().When(Commands.Start("req-first"));
        var scenario = first.After;
        for (var i = 1; i < InstanceFacts.MaxAnswers; i++)
            scenario = scenario.After(Commands.Start($"req-{i}"));
        scenario.When(Commands.Start("req-first")).ThenNothing().Replies(first.Reply!);

        var forgotten = scenario.After(Commands.Start("req-last"));

        Assert.Equal(InstanceFacts.MaxAnswers, forgotten.Facts.Answers.Count);
        forgotten.When(Commands.Start("req-first")).Then(Event.Answered(InstanceVerb.Start, new AlreadyDone(Sample.Id)));
    }

    [Fact]
    public void A_request_for_what_never_was_is_not_remembered()
    {
        Given.Nothing().When(Commands.Stop("req-1")).ThenNothing().Replies(new NotFound(Sample.Id));

        Given.Active().When(Commands.Stop("req-1")).RepliesAccepted();
    }
}
