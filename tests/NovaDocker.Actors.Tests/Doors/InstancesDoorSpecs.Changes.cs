using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Doors;

/// <content>Rebuilds and rescues, which the host has a say in; boots on a host of choice, and once more.</content>
public sealed partial class InstancesDoorSpecs
{
    private static readonly HostCapacity Capacity = new(4096, 16, 4);

    [Fact]
    public async Task A_rebuild_is_settled_by_the_instances_host_with_its_size_and_ports()
    {
        await BootUntilActiveAsync();

        _door.Tell(
            new ComputeProtocol.RebuildInstance(Rebuilt() with { MemoryMb = 9999, Vcpus = 99, HostId = new HostId("host-2") }), TestActor);
        var admit = await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>();
        Assert.Equal(
            (Sample.Host, "alpine", 256, 2), (admit.HostId, admit.Boot.ImageReference, admit.Boot.MemoryMb, admit.Boot.Vcpus));
        Assert.Empty(admit.Boot.Nics);
        _hosts.Reply(Sample.Settler.Settle(admit, Image with { Id = Sample.RescueImage.Id, Name = "alpine" }, Capacity));

        await ExpectMsgAsync<Accepted>();
        var step = await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal((StepKind.EnsureImage, Sample.RescueImage.Id), (step.Step, step.Image.Id));
        Assert.Equal("other", new NoSecrets().Open(Sample.Id, "TOKEN", step.Spec.Environment["TOKEN"]));
        Assert.Equal((256, 2), (step.Spec.MemoryMb, step.Spec.Vcpus));
        Assert.False(JournalTable.Of(Sys).Holds("other"));
    }

    [Fact]
    public async Task A_rebuild_of_which_nobody_named_the_image_is_of_the_same_one()
    {
        await BootUntilActiveAsync();

        _door.Tell(new ComputeProtocol.RebuildInstance(Rebuilt() with { ImageReference = "" }), TestActor);

        Assert.Equal(Sample.Image.Id.ToString(), (await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>()).Boot.ImageReference);
    }

    [Fact]
    public async Task The_terms_of_a_rebuild_come_with_it()
    {
        await BootUntilActiveAsync();
        _door.Tell(
            new ComputeProtocol.RebuildInstance(Rebuilt() with { Terms = new OperationTerms { LeavesStopped = true } }), TestActor);
        var admit = await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>();
        _hosts.Reply(Sample.Settler.Settle(admit, Image, Capacity));

        await ExpectMsgAsync<Accepted>();

        Assert.Contains(JournalTable.Of(Sys).EventsOf(Sample.Id), e => e is RebuildRequested { Terms.LeavesStopped: true });
    }

    [Fact]
    public async Task What_the_host_does_not_let_be_is_refused_and_the_instance_goes_on()
    {
        await BootUntilActiveAsync();

        _door.Tell(new ComputeProtocol.RebuildInstance(Rebuilt()), TestActor);
        await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>();
        _hosts.Reply(new Refused(Sample.Id, RefusalCode.ImageNotFound, "No such image."));

        Assert.Equal(RefusalCode.ImageNotFound, (await ExpectMsgAsync<Refused>()).Code);
        Assert.Equal(InstancePhase.Active, (await ViewOfAsync()).Phase);
    }

    [Fact]
    public async Task A_rescue_has_its_image_found_by_the_instances_host()
    {
        await BootUntilActiveAsync();

        _door.Tell(new ComputeProtocol.RescueInstance(Sample.Id, Sample.Request("req-rescue"), "rescue"), TestActor);
        var admit = await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>();
        Assert.Equal((Sample.Host, "rescue", 256, 2), (admit.HostId, admit.Boot.ImageReference, admit.Boot.MemoryMb, admit.Boot.Vcpus));
        _hosts.Reply(new HostProtocol.BootAdmitted(Sample.Id, Sample.RescueImage, Sample.Spec));

        await ExpectMsgAsync<Accepted>();
        var step = await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();
        Assert.Equal((StepKind.EnsureRescueImage, Sample.RescueImage), (step.Step, step.Rescue!.Image));
    }

    [Fact]
    public async Task A_rescue_of_which_nobody_named_the_image_is_by_that_of_the_instance()
    {
        await BootUntilActiveAsync();

        _door.Tell(new ComputeProtocol.RescueInstance(Sample.Id, Sample.Request("req-rescue"), ""), TestActor);

        Assert.Equal(Sample.Image.Id.ToString(), (await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>()).Boot.ImageReference);
    }

    [Fact]
    public async Task Of_what_is_not_there_nothing_is_settled()
    {
        _door.Tell(new ComputeProtocol.RebuildInstance(Rebuilt()), TestActor);
        await ExpectMsgAsync<NotFound>();
        _door.Tell(new ComputeProtocol.RescueInstance(Sample.Id, Sample.Request("req-rescue"), ""), TestActor);
        await ExpectMsgAsync<NotFound>();

        await _hosts.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task What_has_to_be_settled_does_not_come_in_as_it_is()
    {
        await BootUntilActiveAsync();

        _door.Tell(new Rebuild(Sample.Id, Sample.Request("req-rebuild"), Sample.Spec, Sample.Image), TestActor);
        _door.Tell(new Rescue(Sample.Id, Sample.Request("req-rescue"), Sample.Image), TestActor);
        _door.Tell(new AttachInterface(Sample.Id, Sample.Request("req-attach"), Ports.Vif()), TestActor);

        Assert.Equal(InstancePhase.Active, (await ViewOfAsync()).Phase);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Where_the_engine_is_away_a_rescue_that_does_not_wait_is_refused()
    {
        await BootUntilActiveAsync();
        _door.Tell(
            new ComputeProtocol.RescueInstance(Sample.Id, Sample.Request("req-rescue"), "") { RefuseIfEngineAway = true }, TestActor);
        await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>();
        _hosts.Reply(new HostProtocol.BootAdmitted(Sample.Id, Sample.RescueImage, Sample.Spec));
        await _hosts.ExpectMsgAsync<HostProtocol.GetHost>();
        _hosts.Reply(HostWithoutEngine);

        Assert.Equal(RefusalCode.EngineAway, (await ExpectMsgAsync<Refused>()).Code);
    }

    [Fact]
    public async Task A_boot_goes_to_the_host_that_it_names_and_nobody_picks_one()
    {
        _door.Tell(Boot(Sample.Id) with { HostId = Sample.Host }, TestActor);

        var admit = await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>();
        Assert.Equal(Sample.Host, admit.HostId);
        _hosts.Reply(Sample.Settler.Settle(admit, Image, Capacity));
        await ExpectMsgAsync<Accepted>();
    }

    [Fact]
    public async Task A_deleted_instance_is_booted_once_more_only_where_that_is_meant_and_settled_anew()
    {
        await BootUntilDeletedAsync();

        _door.Tell(Again() with { IsAgain = false }, TestActor);
        Assert.Equal(RefusalCode.AlreadyExists, (await ExpectMsgAsync<Refused>()).Code);

        _door.Tell(Again() with { Request = Sample.Request("req-meant") }, TestActor);
        await _hosts.FishForMessageAsync(message => message is HostDirectory.PickHost);
        _hosts.Reply(new HostDirectory.HostPicked(Sample.Host));
        var admit = await _hosts.ExpectMsgAsync<HostProtocol.AdmitBoot>();
        _hosts.Reply(Sample.Settler.Settle(admit, Image, Capacity));
        await ExpectMsgAsync<Accepted>();
        Assert.Equal(InstancePhase.Building, (await ViewOfAsync()).Phase);
    }

    [Fact]
    public async Task What_was_not_settled_does_not_begin_a_life_however_late_it_comes()
    {
        await BootUntilActiveAsync();
        _door.Tell(new Delete(Sample.Id, Sample.Request("req-delete")), TestActor);
        await ExpectMsgAsync<Accepted>();

        // The door sees that it is being deleted; by the time that the command is there, it may be deleted.
        _door.Tell(Again(), TestActor);

        Assert.Equal(RefusalCode.AlreadyExists, (await ExpectMsgAsync<Refused>()).Code);
        Assert.DoesNotContain(JournalTable.Of(Sys).EventsOf(Sample.Id).Skip(1), e => e is BootRequested);
    }

    [Fact]
    public async Task News_of_ports_is_passed_on_and_answered()
    {
        var told = new TellVifPlugging(Sample.Id, Sample.Request("req-told"), VifPluggingOutcome.Plugged, "");
        _door.Tell(told, TestActor);
        await ExpectMsgAsync<NotFound>();
        await BootUntilActiveAsync();

        _door.Tell(told, TestActor);

        await ExpectMsgAsync<AlreadyDone>();
    }

    private static ComputeProtocol.BootInstance Again() => Boot(Sample.Id) with { IsAgain = true, Request = Sample.Request("req-again") };

    private static ComputeProtocol.BootInstance Rebuilt() => Boot(Sample.Id) with
    {
        Request = Sample.Request("req-rebuild"),
        ImageReference = "alpine",
        Environment = new EquatableMap<string>([KeyValuePair.Create("TOKEN", "other")]),
    };

    private async Task<InstanceView> ViewOfAsync()
    {
        var asking = CreateTestProbe();
        _door.Tell(new GetInstance(Sample.Id), asking);
        return (await asking.ExpectMsgAsync<InstanceFound>()).View;
    }

    private async Task BootUntilActiveAsync()
    {
        await BootAsync(Sample.Id);
        await PlayHostAsync(InstancePhase.Active);
    }

    private async Task BootUntilDeletedAsync()
    {
        await BootUntilActiveAsync();
        _door.Tell(new Delete(Sample.Id, Sample.Request("req-delete")), TestActor);
        await ExpectMsgAsync<Accepted>();
        await PlayHostAsync(InstancePhase.Deleted);
    }

    private async Task PlayHostAsync(InstancePhase until)
    {
        while ((await ViewOfAsync()).Phase != until)
        {
            var step = await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();
            _hosts.Reply(new RecordStepCompleted(
                step.InstanceId, step.Token, Sample.ResultOf(step.Step, DateTimeOffset.UnixEpoch)));
        }
    }
}
