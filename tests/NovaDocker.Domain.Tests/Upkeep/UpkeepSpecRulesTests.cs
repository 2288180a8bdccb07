using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Upkeep;

public sealed class UpkeepSpecRulesTests
{
    public static TheoryData<RestartMode, int> SoundPolicies => new()
    {
        { RestartMode.No, 0 }, { RestartMode.Always, 0 }, { RestartMode.UnlessStopped, 0 },
        { RestartMode.OnFailure, 0 }, { RestartMode.OnFailure, 1 }, { RestartMode.OnFailure, 1_000_000 },
    };

    public static TheoryData<double> SoundTimes => [0, 1, 86_400_000];

    [Theory]
    [MemberData(nameof(SoundPolicies))]
    public void A_restart_policy_may_say_this(RestartMode mode, int most) =>
        Assert.Empty(InstanceSpecRules.Problems(Sample.Spec with { Upkeep = Keep.Restarted(mode, most) }));

    [Theory]
    [InlineData(RestartMode.No)]
    [InlineData(RestartMode.Always)]
    [InlineData(RestartMode.UnlessStopped)]
    public void Only_on_failure_may_have_a_maximum(RestartMode mode) =>
        AssertProblem(
            Sample.Spec with { Upkeep = Keep.Restarted(mode, 3) },
            "restart has a maximum of 3; only on-failure may have one.");

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void A_maximum_out_of_range_is_a_problem(int most) =>
        AssertProblem(
            Sample.Spec with { Upkeep = Keep.OnFailure(most) },
            $"restart has a maximum of {most}; a number from 0, for none, to 1000000 is expected.");

    [Theory]
    [MemberData(nameof(SoundTimes))]
    public void A_time_of_a_health_check_may_be_this(double milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);

        Assert.Empty(Problems(new HealthCheck(["true"], time, time, time, 0)));
    }

    [Fact]
    public void A_health_check_may_be_switched_off() => Assert.Empty(Problems(HealthCheck.Off));

    [Theory]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(86_400_001)]
    public void A_time_of_a_health_check_out_of_range_is_a_problem(double milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        var check = HealthCheck.Off with { Command = ["true"] };
        var expected = $"is {time}; zero, for the Engine's default, or a time from 1 ms to 24 h is expected.";

        Assert.Equal([$"health-interval {expected}"], Problems(check with { Interval = time }));
        Assert.Equal([$"health-timeout {expected}"], Problems(check with { Timeout = time }));
        Assert.Equal([$"health-start-period {expected}"], Problems(check with { StartPeriod = time }));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1000, true)]
    [InlineData(-1, false)]
    [InlineData(1001, false)]
    public void Retries_of_a_health_check_have_a_range(int retries, bool isSound) =>
        Assert.Equal(
            isSound ? [] : [$"health-retries is {retries}; a number from 0, for the Engine's default, to 1000 is expected."],
            Problems(HealthCheck.Off with { Command = ["true"], Retries = retries }));

    [Fact]
    public void A_nul_in_the_command_of_a_health_check_is_a_problem() =>
        Assert.Equal(
            ["health-cmd holds a NUL character; no process can be given one."],
            Problems(HealthCheck.Off with { Command = ["true", "a\0"] }));

    [Fact]
    public void The_command_of_a_health_check_counts_to_the_size_of_the_spec()
    {
        var spec = Sample.Spec with { Command = [], Environment = new EquatableMap<SealedValue>([]) };
        var check = HealthCheck.Off with { Command = [new string('c', InstanceSpecRules.MaxArgumentBytes)] };

        Assert.Empty(InstanceSpecRules.Problems(spec with { HealthCheck = check }));
        AssertProblem(
            spec with { HealthCheck = check, Command = ["c"] },
            "the instance's spec takes 32769 bytes (command 1, health check 32768); at most 32768 are allowed.");
    }

    private static IReadOnlyList<string> Problems(HealthCheck check) =>
        InstanceSpecRules.Problems(Sample.Spec with { HealthCheck = check });

    private static void AssertProblem(InstanceSpec spec, string problem) =>
        Assert.Equal([problem], InstanceSpecRules.Problems(spec));
}
