using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;

namespace NovaDocker.Cluster.Tests.Matrix;

public sealed class HalfLoadTests
{
    /// <summary>More than is buffered on the way, so that the image store is still being read when the Engine breaks off.</summary>
    private const int ImageBytes = 4 * 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    [InlineData(ImageBytes / 2)]
    [InlineData(ImageBytes)]
    public async Task A_load_that_the_Engine_breaks_off_is_done_again_and_leaves_nothing_of_the_first(int bytes)
    {
        await using var run = await MatrixRun.StartAsync(new string('x', ImageBytes));
        var loads = 0;
        run.Engine.Faults.LoadedThrough = archive => Interlocked.Increment(ref loads) == 1
            ? new BrokenStream(archive, bytes, new EngineException(EngineErrorKind.Transient, "Load an image: broken off."))
            : archive;

        var one = await run.AddAsync(Scenario.Of("stop, active"));

        Assert.Equal(2, loads);
        Assert.Contains(await run.Host.HistoryAsync(one.Id), entry => entry.Event == "ensure-image-failed");
        Assert.Single(
            await run.Engine.ListImagesAsync(new Dictionary<string, string>(), CancellationToken.None),
            image => !image.Tags.Contains(MatrixRun.SandboxImage));
        await run.DoAsync(one, InstanceVerb.Stop, InstancePhase.Stopped);
        Assert.Empty(await run.JudgeAsync());
    }
}
