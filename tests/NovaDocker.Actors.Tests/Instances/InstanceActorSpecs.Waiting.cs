using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Instances;

/// <content>Who waits: the instance for its host, and others for its next event.</content>
public sealed partial class InstanceActorSpecs
{
    [Fact]
    public async Task A_step_without_an_answer_is_sent_again_with_the_same_token()
    {
        var first = await BeginBootAsync();
        Assert.True(first.IsUntried);
        var again = first with { IsUntried = false };

        _time.Advance(Settings.ResendInterval - TimeSpan.FromMilliseconds(1));
        await _host.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(again, await _host.ExpectMsgAsync<HostProtocol.RunStep>());
        await ViewAsync();
        _time.Advance(Settings.ResendInterval);
        Assert.Equal(again, await _host.ExpectMsgAsync<HostProtocol.RunStep>());
    }

    [Fact]
    public async Task Who_waits_for_news_is_told_by_the_next_event()
    {
        var first = await BeginBootAsync();
        _region.Tell(new AwaitRevision(Sample.Id, 2, TimeSpan.FromMinutes(1)), TestActor);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));

        Answer(first);

        Assert.Equal(4, (await ExpectMsgAsync<InstanceFound>()).View.Revision);
        _time.Advance(TimeSpan.FromMinutes(1));
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Who_waits_for_news_is_told_when_the_patience_is_over()
    {
        await BeginBootAsync();
        _region.Tell(new AwaitRevision(Sample.Id, 2, TimeSpan.FromSeconds(10)), TestActor);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        await ViewAsync();

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(2, (await ExpectMsgAsync<InstanceFound>()).View.Revision);
    }

    [Fact]
    public async Task Who_knows_less_than_there_is_is_told_at_once()
    {
        await BeginBootAsync();

        _region.Tell(new AwaitRevision(Sample.Id, 1, TimeSpan.FromMinutes(1)), TestActor);

        Assert.Equal(2, (await ExpectMsgAsync<InstanceFound>()).View.Revision);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public async Task Who_has_no_patience_is_told_at_once_and_harms_nobody(int seconds)
    {
        await BeginBootAsync();
        var patient = CreateTestProbe();
        _region.Tell(new AwaitRevision(Sample.Id, 2, TimeSpan.FromMinutes(1)), patient);

        _region.Tell(new AwaitRevision(Sample.Id, 2, TimeSpan.FromSeconds(seconds)), TestActor);
        await ViewAsync();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, (await ExpectMsgAsync<InstanceFound>()).View.Revision);

        await _lives.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        _time.Advance(TimeSpan.FromMinutes(1));
        await patient.ExpectMsgAsync<InstanceFound>();
    }

    [Fact]
    public async Task A_patience_without_end_harms_nobody()
    {
        var first = await BeginBootAsync();

        _region.Tell(new AwaitRevision(Sample.Id, 2, TimeSpan.MaxValue), TestActor);
        await ViewAsync();
        Answer(first);

        Assert.Equal(4, (await ExpectMsgAsync<InstanceFound>()).View.Revision);
        await _lives.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Who_waits_for_an_end_is_not_told_of_the_steps_on_the_way()
    {
        _region.Tell(Sample.Boot(Sample.Id), TestActor);
        var accepted = await ExpectMsgAsync<Accepted>();
        _region.Tell(
            new AwaitRevision(Sample.Id, accepted.Revision, TimeSpan.FromMinutes(1)) { UntilEndOf = accepted.OperationId },
            TestActor);
        var first = await _host.ExpectMsgAsync<HostProtocol.RunStep>();
        Answer(first);
        await Eventually.BecomesAsync(ViewAsync, view => view.Operation?.Step == StepKind.EnsureImage, "a step is done");
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));

        await PlayHostAsync(InstancePhase.Active);

        Assert.Equal(InstancePhase.Active, (await ExpectMsgAsync<InstanceFound>()).View.Phase);
    }
}
