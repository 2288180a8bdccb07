using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.Wire.Tests;

/// <summary>Who asks a node, and when the same one may ask again.</summary>
public sealed class AskersTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestProbe _node;
    private readonly Askers _askers;

    public AskersTests(ITestOutputHelper output)
        : base(output: output)
    {
        _node = CreateTestProbe("node");
        _askers = new Askers(Sys, _node);
    }

    [Fact]
    public async Task One_question_after_the_other_has_the_same_asker()
    {
        var first = await AskAndAnswerAsync("first");
        var second = await AskAndAnswerAsync("second");

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Questions_under_way_at_once_have_askers_of_their_own_and_get_their_own_answers()
    {
        var (one, asksOne) = await AskAsync("one");
        var (other, asksOther) = await AskAsync("other");

        asksOther.Tell("to the other");
        asksOne.Tell("to the one");

        Assert.NotEqual(asksOne, asksOther);
        Assert.Equal("to the one", await one);
        Assert.Equal("to the other", await other);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_not_taken_for_that_of_the_next_question()
    {
        var (late, asksLate) = await AskAsync("late", TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => late);
        var (next, asksNext) = await AskAsync("next");

        asksLate.Tell("too late");
        asksNext.Tell("in time");

        Assert.NotEqual(asksLate, asksNext);
        Assert.Equal("in time", await next);
    }

    [Fact]
    public async Task Nor_is_the_answer_to_a_question_that_was_called_off()
    {
        using var calledOff = new CancellationTokenSource();
        var (first, asksFirst) = await AskAsync("first", cancellationToken: calledOff.Token);
        await calledOff.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var (next, asksNext) = await AskAsync("next");

        asksFirst.Tell("for nobody");
        asksNext.Tell("for the next");

        Assert.Equal("for the next", await next);
    }

    [Fact]
    public async Task A_second_answer_while_nothing_is_asked_goes_nowhere()
    {
        var asker = await AskAndAnswerAsync("first");
        asker.Tell("once more");
        var (next, asksNext) = await AskAsync("next");

        asksNext.Tell("answer");

        Assert.Equal("answer", await next);
    }

    [Fact]
    public async Task Closing_stops_the_askers_at_rest_at_once_and_those_that_ask_when_they_are_done()
    {
        var (idle, atRest) = await AskAsync("idle");
        var (busy, atWork) = await AskAsync("busy");
        Watch(atRest);
        Watch(atWork);
        atRest.Tell("answer");
        await idle;

        _askers.Close();
        await ExpectTerminatedAsync(atRest, Patience);
        atWork.Tell("answer");

        Assert.Equal("answer", await busy);
        await ExpectTerminatedAsync(atWork, Patience);
    }

    private async Task<IActorRef> AskAndAnswerAsync(string question)
    {
        var (answer, asker) = await AskAsync(question);
        asker.Tell("answer");
        Assert.Equal("answer", await answer);
        return asker;
    }

    /// <summary>Asks, and returns when the node has the question.</summary>
    private async Task<(Task<object> Answer, IActorRef Asker)> AskAsync(
        string question, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var answer = _askers.AskAsync(question, timeout ?? Patience, cancellationToken);
        await _node.ExpectMsgAsync(question, Patience, cancellationToken: CancellationToken.None);
        return (answer, _node.Sender);
    }
}
