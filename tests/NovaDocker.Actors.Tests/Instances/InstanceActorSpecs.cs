using Akka.Actor;
using Akka.Persistence;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using NovaDocker.Actors.Instances;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Instances;

/// <summary>The brain of an instance by virtual time, with a host that a test plays itself.</summary>
public sealed partial class InstanceActorSpecs : TestKit
{
    private static readonly InstanceSettings Settings = new()
    {
        Policies = new StepPolicies(
            new StepPolicy(3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)),
            new StepPolicy(3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30))),
        ResendInterval = TimeSpan.FromSeconds(15),
        SnapshotEvery = 5,
        PassivateAfter = TimeSpan.FromMinutes(2),
    };

    private readonly TestProbe _host;
    private readonly TestProbe _lives;
    private readonly VirtualTime _time;
    private readonly JournalTable _journal;
    private readonly IActorRef _region;

    public InstanceActorSpecs(ITestOutputHelper output)
        : base(TestSystem.VirtualTime, "virtual", output)
    {
        _host = CreateTestProbe("the-host");
        _lives = CreateTestProbe("lives");
        _time = new VirtualTime(Sys);
        _journal = JournalTable.Of(Sys);
        _region = Sys.ActorOf(EntityHost.Props(
            id => InstanceActor.Props(id, _host, Settings, _time, Sample.Ids), _lives), "region");
    }

    [Fact]
    public async Task Nothing_is_answered_or_told_to_the_host_before_it_is_stored()
    {
        var stored = _journal.Hold();

        _region.Tell(Sample.Boot(Sample.Id), TestActor);
        await Eventually.HoldsAsync(() => _journal.Held == 1, "the write is under way");
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        Assert.Empty(_journal.EventsOf(Sample.Id));
        stored.SetResult();

        var accepted = await ExpectMsgAsync<Accepted>();
        var step = await _host.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal(1, accepted.Revision);
        Assert.Equal((StepKind.ClaimResources, 2), (step.Step, step.Token.Revision));
        Assert.Equal([typeof(BootRequested), typeof(StepStarted)], _journal.EventsOf(Sample.Id).Select(e => e.GetType()));
    }

    [Fact]
    public async Task The_reply_comes_before_the_host_is_told()
    {
        var both = CreateTestProbe("both");
        var region = Sys.ActorOf(EntityHost.Props(
            id => InstanceActor.Props(id, both, Settings, _time, Sample.Ids), _lives));

        region.Tell(Sample.Boot(Sample.Id), both);

        await both.ExpectMsgAsync<Accepted>();
        await both.ExpectMsgAsync<HostProtocol.RunStep>();
    }

    [Fact]
    public async Task A_result_with_a_stale_token_changes_nothing()
    {
        var first = await BeginBootAsync();
        Answer(first);
        var second = await _host.ExpectMsgAsync<HostProtocol.RunStep>();
        var before = _journal.EventsOf(Sample.Id).Count;

        Answer(first);
        _region.Tell(new RecordStepFailed(Sample.Id, first.Token, new Fault(FaultCode.Invalid, "late")));

        Assert.Equal(StepKind.EnsureImage, (await ViewAsync()).Operation!.Step);
        Assert.Equal(before, _journal.EventsOf(Sample.Id).Count);
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        Answer(second);
        Assert.Equal(StepKind.CreateContainer, (await _host.ExpectMsgAsync<HostProtocol.RunStep>()).Step);
    }

    [Fact]
    public async Task A_step_that_failed_for_now_is_tried_again_after_its_backoff_and_not_before()
    {
        var first = await BeginBootAsync();
        _region.Tell(new RecordStepFailed(Sample.Id, first.Token, new Fault(FaultCode.Transient, "500")));
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(2), (await ViewAsync()).Operation!.RetryAt);

        _time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromMilliseconds(1));
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        var second = await _host.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal((first.Step, 2, false), (second.Step, second.Attempt, second.IsUntried));
        Assert.True(first.Token.IsOlderThan(second.Token));
    }

    [Fact]
    public async Task A_retry_that_was_waited_for_survives_the_death_of_the_actor()
    {
        var first = await BeginBootAsync();
        _region.Tell(new RecordStepFailed(Sample.Id, first.Token, new Fault(FaultCode.Transient, "500")));
        await ViewAsync();

        await KillAsync();
        await Eventually.HoldsAsync(() => _journal.EventsOf(Sample.Id)[^1] is WorkResumed, "the work is resumed");
        await ViewAsync();
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(2, (await _host.ExpectMsgAsync<HostProtocol.RunStep>()).Attempt);
    }

    [Fact]
    public async Task Where_the_journal_fails_the_caller_is_refused_nothing_is_begun_and_the_actor_stops()
    {
        _journal.FailAfter(0);

        _region.Tell(Sample.Boot(Sample.Id), TestActor);

        Assert.Equal(RefusalCode.JournalUnavailable, (await ExpectMsgAsync<Refused>()).Code);
        Assert.Equal(Sample.Id, (await _lives.ExpectMsgAsync<EntityHost.Died>()).Id);
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        Assert.Empty(_journal.EventsOf(Sample.Id));
    }

    [Fact]
    public async Task Where_the_journal_rejects_the_caller_is_refused_nothing_is_begun_and_the_actor_stops()
    {
        _journal.RejectNext(new InvalidOperationException("It cannot be written down."));

        _region.Tell(Sample.Boot(Sample.Id), TestActor);

        var refused = await ExpectMsgAsync<Refused>();
        Assert.Equal(RefusalCode.JournalUnavailable, refused.Code);
        Assert.Contains("It cannot be written down.", refused.Reason, StringComparison.Ordinal);
        await _lives.ExpectMsgAsync<EntityHost.Died>();
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Where_the_journal_fails_a_hosts_result_is_not_answered_and_the_step_is_sent_again()
    {
        var first = await BeginBootAsync();
        _journal.FailAfter(0);

        _region.Tell(new RecordStepCompleted(Sample.Id, first.Token, new StepResult.Done()), TestActor);

        await _lives.ExpectMsgAsync<EntityHost.Died>();
        var again = await _host.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal((first.Step, false), (again.Step, again.IsUntried));
        Assert.True(first.Token.IsOlderThan(again.Token));
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_stops_the_actor_and_touches_nothing()
    {
        await BeginBootAsync();
        _journal.ReplayFailure = new IOException("The disk is gone, by order.");
        var region = NewRegionThatForgets();

        region.Tell(new GetInstance(Sample.Id), TestActor);

        await _lives.ExpectMsgAsync<EntityHost.Died>();
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        _journal.ReplayFailure = null;
        Assert.Equal(2, _journal.EventsOf(Sample.Id).Count);
    }

    [Fact]
    public async Task A_journal_that_makes_no_sense_stops_the_actor_and_touches_nothing()
    {
        await BeginBootAsync();
        var first = _journal.EventsOf(Sample.Id)[0];
        var other = Sample.NewId();
        _journal.Write([(other.PersistenceId, 1, first), (other.PersistenceId, 2, first)]);

        NewRegionThatForgets().Tell(new GetInstance(other), TestActor);

        Assert.Equal(other, (await _lives.ExpectMsgAsync<EntityHost.Died>()).Id);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        Assert.Equal(2, _journal.EventsOf(other).Count);
    }

    [Fact]
    public async Task An_id_that_nobody_booted_is_not_found_and_does_not_stay_in_memory()
    {
        _region.Tell(new GetInstance(Sample.Id), TestActor);

        await ExpectMsgAsync<NotFound>();
        await TimePassesUntilHeardAsync(_lives, InstanceSettings.AbsentLinger);
        await _lives.ExpectMsgAsync<EntityHost.Rests>();
    }

    [Fact]
    public async Task A_boot_finds_the_actor_that_was_asked_whether_its_id_is_taken()
    {
        var shard = CreateTestProbe("shard");
        var actor = shard.ChildActorOf(InstanceActor.Props(Sample.Id, _host, Settings, _time, Sample.Ids));
        actor.Tell(new GetInstance(Sample.Id), TestActor);
        await ExpectMsgAsync<NotFound>();
        actor.Tell(Sample.Boot(Sample.Id), TestActor);
        await ExpectMsgAsync<Accepted>();
        _time.Advance(InstanceSettings.AbsentLinger);
        actor.Tell(new GetInstance(Sample.Id), TestActor);
        await ExpectMsgAsync<InstanceFound>();
        Assert.False(shard.HasMessages);
    }

    [Fact]
    public async Task A_deleted_instance_leaves_memory_and_is_still_answered_for()
    {
        await BootAsync();
        _region.Tell(new Delete(Sample.Id, Sample.Request("req-delete")), TestActor);
        await ExpectMsgAsync<Accepted>();
        await PlayHostAsync(InstancePhase.Deleted);

        await TimePassesUntilHeardAsync(_lives, Settings.PassivateAfter);

        await _lives.ExpectMsgAsync<EntityHost.Rests>();
        Assert.Equal(InstancePhase.Deleted, (await ViewAsync()).Phase);
    }

    [Fact]
    public async Task An_active_instance_stays_in_memory()
    {
        await BootAsync();

        _time.Advance(Settings.PassivateAfter * 3);

        await _lives.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task A_boot_that_comes_while_the_actor_is_sent_to_rest_is_carried_out()
    {
        var stored = _journal.Hold();
        var entities = CreateTestProbe("shard");
        var actor = entities.ChildActorOf(InstanceActor.Props(Sample.Id, _host, Settings, _time, Sample.Ids));
        Watch(actor);
        actor.Tell(new GetInstance(Sample.Id), TestActor);
        await ExpectMsgAsync<NotFound>();
        await TimePassesUntilHeardAsync(entities, InstanceSettings.AbsentLinger);
        var passivate = await entities.ExpectMsgAsync<Akka.Cluster.Sharding.Passivate>();

        actor.Tell(Sample.Boot(Sample.Id), TestActor);
        actor.Tell(passivate.StopMessage);
        stored.SetResult();

        await ExpectMsgAsync<Accepted>();
        Assert.Equal(Sample.Id, (await entities.FishForMessageAsync<GetInstance>(_ => true)).InstanceId);
        await ExpectTerminatedAsync(actor);
    }

    [Fact]
    public async Task Progress_is_shown_and_not_stored()
    {
        Answer(await BeginBootAsync());
        var step = await _host.ExpectMsgAsync<HostProtocol.RunStep>();
        var events = _journal.EventsOf(Sample.Id).Count;

        _region.Tell(new HostProtocol.StepProgressed(Sample.Id, step.Token, new TransferProgress(10, 100)));
        Assert.Equal(new TransferProgress(10, 100), (await ViewAsync()).Operation!.Progress);
        Assert.Equal(events, _journal.EventsOf(Sample.Id).Count);

        var stale = step.Token with { Revision = step.Token.Revision - 1 };
        _region.Tell(new HostProtocol.StepProgressed(Sample.Id, stale, new TransferProgress(99, 100)));
        Assert.Equal(10, (await ViewAsync()).Operation!.Progress!.BytesDone);
        Answer(step);
        Assert.Null((await ViewAsync()).Operation!.Progress);
    }

    [Fact]
    public async Task A_snapshot_of_the_state_is_kept_every_so_many_events_and_equals_what_replay_gives()
    {
        await BootAsync();
        var events = _journal.EventsOf(Sample.Id);
        var replayed = events.Aggregate((InstanceState)InstanceState.Absent.Instance, (state, e) => state.Apply(e));
        var before = await ViewAsync();

        var store = Persistence.Instance.Apply(Sys).SnapshotStoreFor(null);
        var loaded = await Eventually.BecomesAsync(
            () => store.Ask<LoadSnapshotResult>(
                new LoadSnapshot(Sample.Id.PersistenceId, SnapshotSelectionCriteria.Latest, long.MaxValue)),
            result => result.Snapshot is not null, "a snapshot is stored");
        var snapshot = (InstanceSnapshot)loaded.Snapshot.Snapshot;
        Assert.Equal(
            events.Take((int)snapshot.State.Revision)
                .Aggregate((InstanceState)InstanceState.Absent.Instance, (state, e) => state.Apply(e)),
            snapshot.State);
        Assert.Equal(loaded.Snapshot.Metadata.SequenceNr, snapshot.State.Revision);
        Assert.True(snapshot.State.Revision >= Settings.SnapshotEvery);

        await KillAsync();

        Assert.Equal(before, await ViewAsync());
        Assert.Equal(InstanceView.Of(replayed), before);
    }

    private async Task<HostProtocol.RunStep> BeginBootAsync()
    {
        _region.Tell(Sample.Boot(Sample.Id), TestActor);
        await ExpectMsgAsync<Accepted>();
        var step = await _host.ExpectMsgAsync<HostProtocol.RunStep>();
        // Answered after the timer behind the step was set.
        await ViewAsync();
        return step;
    }

    private async Task BootAsync()
    {
        Answer(await BeginBootAsync());
        await PlayHostAsync(InstancePhase.Active);
    }

    private async Task PlayHostAsync(InstancePhase until)
    {
        while ((await ViewAsync()).Phase != until)
            Answer(await _host.ExpectMsgAsync<HostProtocol.RunStep>());
    }

    private void Answer(HostProtocol.RunStep step) => _region.Tell(
        new RecordStepCompleted(step.InstanceId, step.Token, Sample.ResultOf(step.Step, _time.GetUtcNow())));

    /// <summary>The actor's own timeout begins when it has dealt with the last question, which nobody is told of.</summary>
    private Task TimePassesUntilHeardAsync(TestProbe probe, TimeSpan timeout) => Eventually.HoldsAsync(
        () =>
        {
            _time.Advance(timeout);
            return probe.HasMessages;
        },
        "the actor rests");

    private async Task<InstanceView> ViewAsync() =>
        (await _region.Ask<InstanceFound>(new GetInstance(Sample.Id), TimeSpan.FromSeconds(30))).View;

    private IActorRef NewRegionThatForgets() => Sys.ActorOf(EntityHost.Props(
        id => InstanceActor.Props(id, _host, Settings, _time, Sample.Ids), _lives, remembers: false));

    private async Task KillAsync()
    {
        _region.Tell(new EntityHost.Kill(Sample.Id));
        await _lives.ExpectMsgAsync<EntityHost.Died>();
    }
}
