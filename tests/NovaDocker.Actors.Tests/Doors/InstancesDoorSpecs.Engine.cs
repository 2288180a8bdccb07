using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Doors;

/// <content>Commands that are not to wait for an Engine that is away.</content>
public sealed partial class InstancesDoorSpecs
{
    private static readonly HostView Host = new(
        Sample.Host, "machine-1", "127.0.0.1:4053", EngineState.Healthy, "20.10.24", "unix:///x", 1024, 0, 4, 0, 0, 0, null);

    private static readonly HostView HostWithoutEngine =
        Host with { EngineState = EngineState.Unreachable, Problem = "connection refused" };

    [Fact]
    public async Task A_command_that_does_not_wait_is_refused_while_the_engine_is_away_and_its_history_says_so()
    {
        await BootAsync(Sample.Id);
        var step = await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();

        _door.Tell(new Delete(Sample.Id, Sample.Request("req-delete")) { RefuseIfEngineAway = true }, TestActor);
        Assert.Equal(step.HostId, (await _hosts.ExpectMsgAsync<HostProtocol.GetHost>()).HostId);
        _hosts.Reply(HostWithoutEngine);

        var refused = await ExpectMsgAsync<Refused>();
        Assert.Equal(RefusalCode.EngineAway, refused.Code);
        Assert.Contains("connection refused", refused.Reason, StringComparison.Ordinal);
        Assert.Contains(JournalTable.Of(Sys).EventsOf(Sample.Id), e => e is CommandAnswered { Reply: Refused { Code: RefusalCode.EngineAway } });
    }

    [Fact]
    public async Task A_command_that_does_not_wait_is_taken_while_the_engine_is_there()
    {
        await BootAsync(Sample.Id);
        await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();

        _door.Tell(new Delete(Sample.Id, Sample.Request("req-delete")) { RefuseIfEngineAway = true }, TestActor);
        await _hosts.ExpectMsgAsync<HostProtocol.GetHost>();
        _hosts.Reply(Host);

        await ExpectMsgAsync<Accepted>();
    }

    [Fact]
    public async Task A_command_that_waits_asks_nobody_for_the_engine()
    {
        await BootAsync(Sample.Id);
        await _hosts.ExpectMsgAsync<HostProtocol.RunStep>();

        _door.Tell(new Delete(Sample.Id, Sample.Request("req-delete")), TestActor);

        await ExpectMsgAsync<Accepted>();
        Assert.Equal(StepKind.RemoveContainer, (await _hosts.ExpectMsgAsync<HostProtocol.RunStep>()).Step);
    }

    [Fact]
    public async Task A_command_for_an_instance_that_is_not_there_is_told_so()
    {
        _door.Tell(new Stop(Sample.Id, Sample.Request("req-stop")) { RefuseIfEngineAway = true }, TestActor);

        await ExpectMsgAsync<NotFound>();
    }
}
