using Akka.Actor;
using Akka.TestKit.Xunit2;
using NovaDocker.Domain.Common;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Wire.Tests;

/// <summary>The way to the door of one's own node.</summary>
public sealed class LocalDoorTests(ITestOutputHelper output) : TestKit(output: output)
{
    private static readonly InstanceId Id = InstanceId.Parse("0f6f3c1e-7d1e-4c6b-9a51-2f0f54a7c001");

    [Fact]
    public async Task A_question_that_is_lost_within_the_node_is_asked_again()
    {
        var questions = 0;
        DoorThatAnswers(() => ++questions > 1);
        await using var client = NovaDockerClient.Within(Sys, TimeSpan.FromSeconds(20));

        Assert.Null(await client.GetInstanceAsync(Id));
        Assert.Equal(2, questions);
    }

    [Fact]
    public async Task A_question_that_is_never_answered_ends_with_how_long_it_was_asked()
    {
        DoorThatAnswers(() => false);
        await using var client = NovaDockerClient.Within(Sys, TimeSpan.FromMilliseconds(200));

        var e = await Assert.ThrowsAsync<HostUnreachableException>(() => client.GetInstanceAsync(Id));

        Assert.Equal("The node did not answer itself within 0.2 s; ask again with the same request id.", e.Message);
    }

    [Fact]
    public async Task A_question_that_is_called_off_ends_at_once()
    {
        DoorThatAnswers(() => false);
        await using var client = NovaDockerClient.Within(Sys, TimeSpan.FromSeconds(20));
        using var calledOff = new CancellationTokenSource();
        var question = client.GetInstanceAsync(Id, calledOff.Token);

        await calledOff.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => question);
    }

    private void DoorThatAnswers(Func<bool> answers) => Sys.ActorOf(
        Props.Create(() => new SilentDoor(answers)), "instances");

    private sealed class SilentDoor(Func<bool> answers) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (answers())
                Sender.Tell(new NotFound(((IWithInstanceId)message).InstanceId));
        }
    }
}
