using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Tests.Scenarios.PortSample;

namespace NovaDocker.Domain.Tests.Changes;

/// <summary>A deleted instance may live once more, where that is meant: its history goes on, and nothing else of the old life.</summary>
public sealed class BootAgainTests
{
    [Fact]
    public void It_begins_as_a_boot_in_the_history_that_there_is()
    {
        var deleted = Given.Deleted();

        var building = deleted.When(Commands.BootAgain("req-again"))
            .Then(
                Event.BootRequested(
                    StepKind.ClaimResources, StepKind.EnsureImage, StepKind.CreateContainer, StepKind.StartContainer),
                Event.StepStarted(StepKind.ClaimResources))
            .In(InstancePhase.Building).RepliesAccepted();

        Assert.Equal(InstancePhase.Deleted, building.Decision.Events[0].Header.Before);
        Assert.Equal(deleted.History.Count + 2, building.After.State.Revision);
        Assert.Equal(InstancePhase.Active, building.After.UntilAtRest().Phase);
    }

    [Fact]
    public void Nothing_of_the_old_life_is_left()
    {
        var old = Given.Rescued();
        old = old.After(Commands.Unrescue("given-unrescue")).UntilAtRest().After(Commands.Resize("given-resize")).UntilAtRest();
        old = old.AfterSeen(old.Sighting(HealthStatus.Healthy) with { Name = "mine" });
        var deleted = old.After(Commands.Delete("given-delete")).UntilAtRest();

        var again = deleted.After(Commands.BootAgain("req-again") with { Image = Sample.OtherImage });
        var first = Given.Nothing().After(Commands.Boot("req-again"));

        Assert.Equal(
            first.Facts with
            {
                Revision = again.Facts.Revision,
                Image = Sample.OtherImage,
                CreatedAt = again.Facts.CreatedAt,
                Since = again.Facts.Since,
                Answers = again.Facts.Answers,
            },
            again.Facts);
        Assert.Equal(deleted.Now, again.Facts.CreatedAt);
        Assert.Equal(InstancePhase.Absent, again.Operation.Origin);
    }

    [Fact]
    public void It_may_have_other_ports_and_another_owner()
    {
        var deleted = GivenPorts.In(InstancePhase.Deleted);
        var boot = Commands.BootWithPorts(Third) with
        {
            IsAgain = true,
            Request = new RequestContext("req-again", Sample.User with { UserId = "user-2" }),
        };

        var again = deleted.After(boot).UntilAtRest();

        Assert.Equal([(Third, 0)], again.Facts.Ports.Select(port => (port.Vif, port.Index)));
        Assert.Equal("user-2", again.Facts.Owner.UserId);
    }

    [Fact]
    public void Answers_of_the_old_life_are_kept()
    {
        var deleted = Given.Deleted();
        var first = deleted.Facts.AnswerTo("given-boot", InstanceVerb.Boot);
        Assert.NotNull(first);
        var again = deleted.After(Commands.BootAgain("req-again")).UntilAtRest();

        again.When(Commands.Delete("given-delete")).ThenNothing().In(InstancePhase.Active);
        again.When(Commands.Boot("given-boot")).ThenNothing().Replies(first);
    }

    [Fact]
    public void A_boot_once_more_by_the_request_of_the_first_is_a_new_one()
    {
        // Nova tries a build again by the same request, after it has taken the first try back.
        var again = Given.Deleted().When(Commands.BootAgain("given-boot")).In(InstancePhase.Building).RepliesAccepted();

        again.After.When(Commands.BootAgain("given-boot")).ThenNothing().Replies(again.Reply!);
        again.After.UntilAtRest().When(Commands.Boot("given-boot")).ThenNothing().Replies(again.Reply!);
        Given.Deleted().When(Commands.Boot("given-boot")).ThenNothing();
    }

    [Fact]
    public void The_same_request_begins_one_life()
    {
        var begun = Given.Deleted().When(Commands.BootAgain("req-again"));

        begun.After.When(Commands.BootAgain("req-again")).ThenNothing().Replies(begun.Reply!);
        begun.After.UntilAtRest().When(Commands.BootAgain("req-again")).ThenNothing().Replies(begun.Reply!);
    }

    [Fact]
    public void Where_it_is_not_meant_an_id_is_not_used_again()
    {
        var refused = Given.Deleted().When(Commands.Boot()).In(InstancePhase.Deleted).RepliesRefused(RefusalCode.AlreadyExists);

        refused.Then(Event.Answered(InstanceVerb.Boot, refused.Reply!));
    }

    [Theory]
    [InlineData(InstancePhase.Building)]
    [InlineData(InstancePhase.Active)]
    [InlineData(InstancePhase.Stopped)]
    [InlineData(InstancePhase.Error)]
    [InlineData(InstancePhase.Deleting)]
    public void What_still_lives_does_not_live_twice(InstancePhase phase) =>
        Given.In(phase).When(Commands.BootAgain()).In(phase).RepliesRefused(RefusalCode.AlreadyExists);

    [Fact]
    public void What_never_lived_is_simply_booted() =>
        Given.Nothing().When(Commands.BootAgain()).In(InstancePhase.Building).RepliesAccepted();

    [Fact]
    public void A_boot_that_cannot_be_is_refused_and_written_down()
    {
        var refused = Given.Deleted().When(Commands.BootAgain() with { Spec = Sample.Spec with { Vcpus = 0 } })
            .In(InstancePhase.Deleted).RepliesRefused(RefusalCode.InvalidArgument);

        refused.Then(Event.Answered(InstanceVerb.Boot, refused.Reply!));
    }

    [Fact]
    public void A_right_to_act_of_the_old_life_is_no_right_in_the_new_one()
    {
        var old = Given.Building();
        var again = Given.Deleted().After(Commands.BootAgain("req-again"));

        again.When(old.StepDone()).ThenNothing();
        Assert.True(old.Token.IsOlderThan(again.Token));
    }

    [Fact]
    public void It_goes_on_after_a_crash_behind_any_event()
    {
        var again = Given.Deleted().After(Commands.BootAgain("req-again")).UntilAtRest();

        for (var events = Given.Deleted().History.Count + 1; events <= again.History.Count; events++)
            Assert.Equal(InstancePhase.Active, again.CutTo(events).After(Commands.Resume()).UntilAtRest().Phase);
    }
}
