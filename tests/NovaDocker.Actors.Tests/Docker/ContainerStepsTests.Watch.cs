using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;

namespace NovaDocker.Actors.Tests.Docker;

/// <content>Processes that must stay up.</content>
public sealed partial class ContainerStepsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_process_that_must_stay_up_is_watched_until_it_ends()
    {
        var step = await PrepareAsync(StepKind.StartContainer);
        var before = _engine.CountOf(EngineCall.FindContainer);

        var starting = WatchAsync(step with { Terms = new OperationTerms { MustStayUp = true } }, Long);
        await Eventually.HoldsAsync(() => _engine.CountOf(EngineCall.FindContainer) > before + 2, "the process is watched");
        _engine.Print(step.ContainerId!, "that was all");
        _engine.Exit(step.ContainerId!, 3);

        var started = (StepResult.ContainerStarted)await Eventually.CompletesAsync(starting, "its end is seen");
        Assert.Equal((3, "that was all"), (started.Exit!.ExitCode, started.Exit.Output));
    }

    [Fact]
    public async Task One_that_stays_up_is_let_go_when_the_time_is_over()
    {
        var step = await PrepareAsync(StepKind.StartContainer);

        var started = await WatchAsync(step with { Terms = new OperationTerms { MustStayUp = true } }, TimeSpan.FromMilliseconds(50));

        Assert.Null(((StepResult.ContainerStarted)started).Exit);
        Assert.Equal(ContainerStatus.Running, Assert.Single(_engine.Containers).Status);
    }

    [Fact]
    public async Task One_that_may_end_is_not_watched()
    {
        var step = await PrepareAsync(StepKind.StartContainer);

        var started = await Eventually.CompletesAsync(WatchAsync(step, Long), "the start has been seen");

        Assert.Null(((StepResult.ContainerStarted)started).Exit);
    }

    private Task<StepResult> WatchAsync(HostProtocol.RunStep step, TimeSpan watch) =>
        new ContainerSteps(_engine, Sample.Identity, Sample.Settings with { BootWatch = watch }, Sample.Blueprint())
            .RunAsync(step, 4, CancellationToken.None);
}
