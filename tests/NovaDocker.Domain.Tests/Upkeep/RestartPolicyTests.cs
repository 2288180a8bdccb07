using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;

namespace NovaDocker.Domain.Tests.Upkeep;

public sealed class RestartPolicyTests
{
    [Theory]
    [InlineData(RestartMode.No, 0, false, false)]
    [InlineData(RestartMode.No, 1, true, false)]
    [InlineData(RestartMode.OnFailure, 0, false, false)]
    [InlineData(RestartMode.OnFailure, 1, false, true)]
    [InlineData(RestartMode.OnFailure, 0, true, true)]
    [InlineData(RestartMode.Always, 0, false, true)]
    [InlineData(RestartMode.Always, 137, false, true)]
    [InlineData(RestartMode.UnlessStopped, 0, false, true)]
    [InlineData(RestartMode.UnlessStopped, 137, true, true)]
    public void An_end_is_followed_by_a_start_where_the_mode_says_so(
        RestartMode mode, int exitCode, bool outOfMemory, bool isWanted) =>
        Assert.Equal(
            isWanted,
            new RestartPolicy(mode, 0).Wants(new ContainerExit(Sample.Epoch, Sample.After(1), exitCode, outOfMemory)));

    [Theory]
    [InlineData(RestartMode.OnFailure, 3, 3, false)]
    [InlineData(RestartMode.OnFailure, 3, 4, true)]
    [InlineData(RestartMode.OnFailure, 0, int.MaxValue, false)]
    [InlineData(RestartMode.Always, 3, 4, false)]
    public void One_restart_more_than_the_maximum_is_too_many(RestartMode mode, int most, int restart, bool isTooMany) =>
        Assert.Equal(isTooMany, new RestartPolicy(mode, most).Exhausts(restart));

    [Theory]
    [InlineData(RestartMode.No, 0, "no")]
    [InlineData(RestartMode.OnFailure, 0, "on-failure")]
    [InlineData(RestartMode.OnFailure, 3, "on-failure:3")]
    [InlineData(RestartMode.Always, 0, "always")]
    [InlineData(RestartMode.UnlessStopped, 0, "unless-stopped")]
    public void A_policy_is_written_as_docker_takes_it(RestartMode mode, int most, string text) =>
        Assert.Equal(text, new RestartPolicy(mode, most).ToString());

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(10, 51_200)]
    [InlineData(11, 60_000)]
    [InlineData(int.MaxValue, 60_000)]
    public void The_pace_is_that_of_the_Engine(int restart, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), RestartPace.Default.BackoffBefore(restart));

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(128, null)]
    [InlineData(129, 1)]
    [InlineData(137, 9)]
    [InlineData(143, 15)]
    [InlineData(192, 64)]
    [InlineData(193, null)]
    [InlineData(255, null)]
    public void An_exit_code_may_name_a_signal(int exitCode, int? signal) =>
        Assert.Equal(signal, new ContainerExit(Sample.Epoch, Sample.After(1), exitCode, OutOfMemory: false).Signal);
}
