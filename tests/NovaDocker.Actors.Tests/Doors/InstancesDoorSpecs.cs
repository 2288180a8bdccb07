using Akka.Actor;
using Akka.Streams;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using NovaDocker.Actors.Audit;
using NovaDocker.Actors.Doors;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Instances;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Doors;

/// <summary>The door with real instances, audit and journal behind it; the test is the hosts.</summary>
public sealed partial class InstancesDoorSpecs : TestKit
{
    private const string Secret = "s3cret-value";

    private readonly TestProbe _hosts;
    private readonly TestProbe _lifecycle;
    private readonly IActorRef _door;

    public InstancesDoorSpecs(ITestOutputHelper output)
        : base(TestSystem.Config, "door", output)
    {
        _hosts = CreateTestProbe("hosts");
        _lifecycle = CreateTestProbe("lifecycle");
        var journal = JournalTable.Of(Sys);
        var entities = Sys.ActorOf(EntityHost.Props(
            id => InstanceActor.Props(id, _hosts, Sample.Settings, TimeProvider.System, Sample.Ids), CreateTestProbe()));
        var audit = Sys.ActorOf(AuditActor.Props(journal));
        _door = Sys.ActorOf(InstancesDoor.Props(
            entities, _hosts, audit, _lifecycle, new InstanceListing(new InstanceFinder(entities), journal, journal, Sys.Materializer()), () => null));
    }

    [Fact]
    public async Task A_boot_is_prepared_sealed_and_answered()
    {
        await BootAsync(Sample.Id);

        var step = await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal((Sample.Host, Sample.Image.Id), (step.HostId, step.Image.Id));
        Assert.Equal(Secret, new NoSecrets().Open(Sample.Id, "TOKEN", step.Spec.Environment["TOKEN"]));
        Assert.False(JournalTable.Of(Sys).Holds(Secret));
        Assert.True(JournalTable.Of(Sys).Holds("TOKEN"));
        _door.Tell(new GetInstance(Sample.Id), TestActor);
        Assert.Equal(["TOKEN"], (await ExpectMsgAsync<InstanceFound>()).View.EnvironmentNames);
    }

    [Fact]
    public async Task A_repeated_boot_gets_the_first_answer_and_asks_no_host()
    {
        var first = await BootAsync(Sample.Id);
        await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();

        _door.Tell(Boot(Sample.Id), TestActor);

        Assert.Equal(first, await ExpectMsgAsync<Accepted>());
        await _hosts.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task An_id_that_is_taken_is_refused_to_another_request()
    {
        await BootAsync(Sample.Id);

        _door.Tell(Boot(Sample.Id) with { Request = Sample.Request("req-other") }, TestActor);

        Assert.Equal(RefusalCode.AlreadyExists, (await ExpectMsgAsync<Refused>()).Code);
    }

    [Fact]
    public async Task What_the_host_refuses_is_refused_and_leaves_no_trace()
    {
        _door.Tell(Boot(Sample.Id), TestActor);
        await _hosts.ExpectMsgAsync<HostDirectory.PickHost>();
        _hosts.Reply(new HostDirectory.HostPicked(Sample.Host));
        await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>();
        var refusal = new Refused(Sample.Id, RefusalCode.ImageNotFound, "No such image.");
        _hosts.Reply(refusal);

        Assert.Equal(refusal, await ExpectMsgAsync<Refused>());
        Assert.Empty(JournalTable.Of(Sys).EventsOf(Sample.Id));
    }

    [Fact]
    public async Task Without_a_host_a_boot_is_refused()
    {
        _door.Tell(Boot(Sample.Id), TestActor);
        await _hosts.ExpectMsgAsync<HostDirectory.PickHost>();
        _hosts.Reply(new Refused(Sample.Id, RefusalCode.NoHost, "None."));

        Assert.Equal(RefusalCode.NoHost, (await ExpectMsgAsync<Refused>()).Code);
    }

    [Fact]
    public async Task A_spec_that_cannot_be_is_refused_before_anybody_is_asked()
    {
        _door.Tell(Boot(Sample.Id) with { MemoryMb = 0, Vcpus = 0 }, TestActor);

        var refused = await ExpectMsgAsync<Refused>();
        Assert.Equal(RefusalCode.InvalidArgument, refused.Code);
        Assert.Contains("memory-mb", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("vcpus", refused.Reason, StringComparison.Ordinal);
        await _hosts.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public async Task A_request_id_of_a_wrong_length_is_refused(int length)
    {
        var request = Sample.Request(new string('r', length));

        _door.Tell(Boot(Sample.Id) with { Request = request }, TestActor);
        Assert.Equal(RefusalCode.InvalidArgument, (await ExpectMsgAsync<Refused>()).Code);
        _door.Tell(new Delete(Sample.Id, request), TestActor);
        Assert.Equal(RefusalCode.InvalidArgument, (await ExpectMsgAsync<Refused>()).Code);
    }

    [Fact]
    public async Task What_only_hosts_and_the_door_may_say_does_not_come_in()
    {
        await BootAsync(Sample.Id);
        var step = await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();

        _door.Tell(new RecordStepCompleted(Sample.Id, step.Token, new StepResult.Done()), TestActor);
        _door.Tell(new GetInstance(Sample.Id), TestActor);
        Assert.Equal(StepKind.ClaimResources, (await ExpectMsgAsync<InstanceFound>()).View.Operation!.Step);
        var other = Sample.NewId();
        _door.Tell(Sample.Boot(other), TestActor);
        _door.Tell(new GetInstance(other), TestActor);

        Assert.Equal(new NotFound(other), await ExpectMsgAsync<NotFound>());
        Assert.Empty(JournalTable.Of(Sys).EventsOf(other));
        await _hosts.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Instances_are_listed_page_by_page_in_the_order_of_their_ids()
    {
        var ids = Enumerable.Range(0, 5).Select(_ => Sample.NewId()).ToArray();
        foreach (var id in ids)
        {
            await BootAsync(id);
            await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();
        }

        var seen = new List<string>();
        InstanceId? after = null;
        do
        {
            _door.Tell(new ComputeProtocol.ListInstances(after, 2, IncludeDeleted: true), TestActor);
            var page = await ExpectMsgAsync<ComputeProtocol.InstancePage>();
            Assert.InRange(page.Instances.Count, 1, 2);
            seen.AddRange(page.Instances.Select(view => view.Id.ToString()));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(ids.Select(id => id.ToString()).Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task A_history_comes_page_by_page_and_tells_of_every_event()
    {
        await BootAsync(Sample.Id);
        _door.Tell(new Delete(Sample.Id, Sample.Request("req-delete")), TestActor);
        await ExpectMsgAsync<Accepted>();
        var events = JournalTable.Of(Sys).EventsOf(Sample.Id);

        var entries = new List<HistoryEntry>();
        while (true)
        {
            _door.Tell(new ComputeProtocol.GetHistory(Sample.Id, entries.LastOrDefault()?.Sequence ?? 0, 2), TestActor);
            var page = (await ExpectMsgAsync<ComputeProtocol.HistoryPage>()).Entries;
            if (page.IsEmpty)
                break;
            Assert.InRange(page.Count, 1, 2);
            entries.AddRange(page);
        }

        Assert.Equal(Enumerable.Range(1, events.Count).Select(i => (long)i), entries.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task The_past_is_told_as_it_was()
    {
        await BootAsync(Sample.Id);
        var booted = JournalTable.Of(Sys).EventsOf(Sample.Id)[^1].Header.OccurredAt;

        _door.Tell(new ComputeProtocol.GetInstanceAt(Sample.Id, booted), TestActor);
        Assert.Equal(InstancePhase.Building, (await ExpectMsgAsync<InstanceFound>()).View.Phase);
        _door.Tell(new ComputeProtocol.GetInstanceAt(Sample.Id, booted.AddDays(-1)), TestActor);
        await ExpectMsgAsync<NotFound>();
    }

    [Fact]
    public async Task Of_an_unknown_instance_there_is_no_history()
    {
        _door.Tell(new ComputeProtocol.GetHistory(Sample.Id, 0, 10), TestActor);
        await ExpectMsgAsync<NotFound>();
        _door.Tell(new Stop(Sample.Id, Sample.Request()), TestActor);
        await ExpectMsgAsync<NotFound>();
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_is_told_to_who_asks()
    {
        JournalTable.Of(Sys).ReplayFailure = new IOException("The disk is gone.");

        _door.Tell(new ComputeProtocol.GetHistory(Sample.Id, 0, 10), TestActor);

        Assert.Contains("The disk is gone.", (await ExpectMsgAsync<ComputeProtocol.QueryFailed>()).Fault.Message, StringComparison.Ordinal);
    }

    private static readonly ImageDescription Image = new(
        Sample.Image.Id, Sample.Image.Name, "sha256:00", 1, DateTimeOffset.UnixEpoch, EquatableMap<string>.Empty);

    private static ComputeProtocol.BootInstance Boot(InstanceId id) => new(
        id, Sample.Request("req-boot"), "web-1", "busybox", 256, 2, ["sleep", "1"],
        new EquatableMap<string>([KeyValuePair.Create("TOKEN", Secret)]));

    private async Task<Accepted> BootAsync(InstanceId id)
    {
        _door.Tell(Boot(id), TestActor);
        await _hosts.FishForMessageAsync(message => message is HostDirectory.PickHost);
        _hosts.Reply(new HostDirectory.HostPicked(Sample.Host));
        var admit = await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>();
        Assert.Equal(("busybox", 256, 2), (admit.Boot.ImageReference, admit.Boot.MemoryMb, admit.Boot.Vcpus));
        _hosts.Reply(Sample.Settler.Settle(admit, Image, new HostCapacity(4096, 16, 4)));
        return await ExpectMsgAsync<Accepted>();
    }
}
