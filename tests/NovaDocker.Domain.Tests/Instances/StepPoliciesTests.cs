using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Instances;

public sealed class StepPoliciesTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(4, 16)]
    [InlineData(5, 30)]
    [InlineData(1000, 30)]
    public void The_wait_doubles_up_to_the_longest(int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Sample.Policies.Default.BackoffAfter(attempt));

    [Fact]
    public void A_long_first_wait_does_not_overflow_after_many_attempts()
    {
        var policy = new StepPolicy(int.MaxValue, TimeSpan.FromHours(1), TimeSpan.FromDays(1));

        Assert.Equal(TimeSpan.FromDays(1), policy.BackoffAfter(31));
        Assert.Equal(TimeSpan.FromDays(1), policy.BackoffAfter(int.MaxValue));
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public void What_takes_something_away_is_tried_longer(StepKind step)
    {
        var takesAway = step is StepKind.RemoveContainer or StepKind.RemoveCommit
            or StepKind.DiscardUpload or StepKind.ReleaseResources or StepKind.UnplugVifs or StepKind.RemoveSandbox
            or StepKind.RemoveRescue;

        Assert.Equal(takesAway ? Sample.Policies.CleanUp : Sample.Policies.Default, Sample.Policies.For(step));
    }

    public static TheoryData<StepKind> EveryStep() => [.. Enum.GetValues<StepKind>()];
}
