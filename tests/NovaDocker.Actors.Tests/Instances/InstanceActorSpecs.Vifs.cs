using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Instances;

/// <content>A boot that waits for Neutron, by virtual time.</content>
public sealed partial class InstanceActorSpecs
{
    private static readonly TimeSpan VifTimeout = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task The_wait_for_ports_is_nobodys_step_and_ends_when_somebody_tells()
    {
        await BootUntilAwaitingAsync(isFatal: true);
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));

        _region.Tell(Told(), TestActor);

        await ExpectMsgAsync<Accepted>();
        var start = await _host.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal((StepKind.StartContainer, true), (start.Step, start.IsUntried));
        Answer(start);
        await Eventually.BecomesAsync(ViewAsync, view => view.Phase == InstancePhase.Active, "it is active");
        _region.Tell(Told(), TestActor);
        await ExpectMsgAsync<AlreadyDone>();
    }

    [Theory]
    [InlineData(true, StepKind.RemoveContainer)]
    [InlineData(false, StepKind.StartContainer)]
    public async Task It_ends_by_itself_when_its_time_is_over_and_not_before(bool isFatal, StepKind next)
    {
        await BootUntilAwaitingAsync(isFatal);

        _time.Advance(VifTimeout - TimeSpan.FromMilliseconds(1));
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(next, (await _host.ExpectMsgAsync<HostProtocol.RunStep>()).Step);
    }

    [Fact]
    public async Task A_question_in_between_neither_ends_it_nor_makes_it_longer()
    {
        await BootUntilAwaitingAsync(isFatal: true);
        _time.Advance(VifTimeout / 2);

        _region.Tell(new Stop(Sample.Id, Sample.Request("req-stop")), TestActor);
        await ExpectMsgAsync<Refused>();
        await ViewAsync();
        _time.Advance((VifTimeout / 2) - TimeSpan.FromMilliseconds(1));
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(StepKind.RemoveContainer, (await _host.ExpectMsgAsync<HostProtocol.RunStep>()).Step);
    }

    [Fact]
    public async Task It_survives_the_death_of_the_actor_and_ends_when_it_was_to_end()
    {
        await BootUntilAwaitingAsync(isFatal: true);
        _time.Advance(VifTimeout / 2);

        await KillAsync();
        await Eventually.HoldsAsync(() => _journal.EventsOf(Sample.Id)[^1] is WorkResumed, "the work is resumed");
        await ViewAsync();
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        _time.Advance(VifTimeout / 2);

        Assert.Equal(StepKind.RemoveContainer, (await _host.ExpectMsgAsync<HostProtocol.RunStep>()).Step);
    }

    [Fact]
    public async Task What_is_told_after_the_death_of_the_actor_is_heard()
    {
        await BootUntilAwaitingAsync(isFatal: true);
        await KillAsync();
        await Eventually.HoldsAsync(() => _journal.EventsOf(Sample.Id)[^1] is WorkResumed, "the work is resumed");

        _region.Tell(Told(), TestActor);

        await ExpectMsgAsync<Accepted>();
        var start = await _host.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal((StepKind.StartContainer, true), (start.Step, start.IsUntried));
    }

    [Fact]
    public async Task A_deletion_ends_it_and_its_time_ends_nothing_more()
    {
        await BootUntilAwaitingAsync(isFatal: true);

        _region.Tell(new Delete(Sample.Id, Sample.Request("req-delete")), TestActor);
        await ExpectMsgAsync<Accepted>();
        await PlayHostAsync(InstancePhase.Deleted);
        _time.Advance(VifTimeout);

        Assert.Equal(InstancePhase.Deleted, (await ViewAsync()).Phase);
        _region.Tell(Told(), TestActor);
        await ExpectMsgAsync<AlreadyDone>();
    }

    [Fact]
    public async Task News_that_comes_too_early_is_refused_and_can_be_said_again()
    {
        _region.Tell(Awaiting(isFatal: true), TestActor);
        await ExpectMsgAsync<Accepted>();
        _region.Tell(Told(), TestActor);
        Assert.Equal(RefusalCode.Busy, (await ExpectMsgAsync<Refused>()).Code);

        await PlayUntilAwaitingAsync();
        _region.Tell(Told(), TestActor);

        await ExpectMsgAsync<Accepted>();
    }

    [Fact]
    public async Task A_journal_that_takes_no_more_is_told_to_who_tells()
    {
        await BootUntilAwaitingAsync(isFatal: true);
        _journal.FailAfter(0);

        _region.Tell(Told(), TestActor);

        Assert.Equal(RefusalCode.JournalUnavailable, (await ExpectMsgAsync<Refused>()).Code);
    }

    private static TellVifPlugging Told() => new(Sample.Id, Sample.Request("req-told"), VifPluggingOutcome.Plugged, "");

    private static Boot Awaiting(bool isFatal)
    {
        var boot = Sample.Boot(Sample.Id);
        return boot with
        {
            Spec = boot.Spec with { Vifs = [Ports.Vif()] },
            Terms = new OperationTerms { AwaitVifs = new VifPluggingWait(VifTimeout, isFatal) },
        };
    }

    private async Task BootUntilAwaitingAsync(bool isFatal)
    {
        _region.Tell(Awaiting(isFatal), TestActor);
        await ExpectMsgAsync<Accepted>();
        await PlayUntilAwaitingAsync();
    }

    private async Task PlayUntilAwaitingAsync()
    {
        while ((await ViewAsync()).Operation!.Step != StepKind.AwaitVifs)
            Answer(await _host.ExpectMsgAsync<HostProtocol.RunStep>());
    }
}
