using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Instances;

/// <content>What only the host can answer.</content>
public sealed partial class InstanceActorSpecs
{
    [Fact]
    public async Task The_console_is_asked_of_the_host_for_whoever_asks()
    {
        await BootAsync();

        _region.Tell(new GetConsoleOutput(Sample.Id, 20), TestActor);

        var read = await _host.ExpectMsgAsync<HostProtocol.ReadConsole>();
        Assert.Equal((Sample.Host, "c0ffee", 20), (read.HostId, read.ContainerId, read.Lines));
        _host.Reply(new ConsoleOutput(Sample.Id, "hello", false));
        Assert.Equal("hello", (await ExpectMsgAsync<ConsoleOutput>()).Text);
    }

    [Fact]
    public async Task During_a_rescue_the_rescue_container_is_asked()
    {
        await BootAsync();
        _region.Tell(new Rescue(Sample.Id, Sample.Request("req-rescue"), Sample.Image), TestActor);
        await ExpectMsgAsync<Accepted>();
        await PlayHostAsync(InstancePhase.Rescued);

        _region.Tell(new GetConsoleOutput(Sample.Id, 20), TestActor);
        _region.Tell(new GetUsage(Sample.Id), TestActor);

        Assert.Equal("5afe", (await _host.ExpectMsgAsync<HostProtocol.ReadConsole>()).ContainerId);
        Assert.Equal("5afe", (await _host.ExpectMsgAsync<HostProtocol.ReadUsage>()).ContainerId);
    }

    [Fact]
    public async Task Without_a_container_there_is_no_console()
    {
        await BeginBootAsync();

        _region.Tell(new GetConsoleOutput(Sample.Id, 20), TestActor);

        Assert.Equal(RefusalCode.NoContainer, (await ExpectMsgAsync<Refused>()).Code);
    }
}
