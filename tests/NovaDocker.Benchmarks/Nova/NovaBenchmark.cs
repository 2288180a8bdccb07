using NovaDocker.Benchmarks.Equipment;
using NovaDocker.Benchmarks.Harness;
using NovaDocker.Wire.Client;

namespace NovaDocker.Benchmarks.Nova;

/// <summary>
/// What does it cost to boot by way of Nova: from <c>spawn</c> until the driver returns, with the instance Active, against the same
/// boot, on the same terms, in the same node by a commander?
/// </summary>
internal sealed class NovaBenchmark(Workbench bench, string? givenEngine)
{
    private static readonly Target AtMost = new(30, IsMost: true);

    /// <summary>Measures and writes the result.</summary>
    /// <param name="rounds">Pairs of one and one.</param>
    public async Task RunAsync(int rounds)
    {
        var engine = await Engine.StartAsync(bench, givenEngine).ConfigureAwait(false);
        await using (engine.ConfigureAwait(false))
        {
            var node = await LiveNode.StartWithImageAsync(bench, engine).ConfigureAwait(false);
            await using (node.ConfigureAwait(false))
            {
                // The first boot brings the image into the Engine.
                var first = CommanderIds.NewInstanceId();
                var image = (await node.BootAsync(first).ConfigureAwait(false)).Image.Id;
                await node.DeleteAsync(first).ConfigureAwait(false);
                var driver = await DriverProcess.StartAsync(node.HttpSocket, image, LiveNode.MemoryMb).ConfigureAwait(false);
                await using (driver.ConfigureAwait(false))
                {
                    var pairs = await bench.PairAsync(
                        "one at a time", rounds, () => SpawnAsync(driver), () => BootAsync(node), warmUps: 3).ConfigureAwait(false);
                    Workbench.Write(new Table($"one at a time, {pairs.Count} pairs")
                        .Add("driver: spawn until Active", "novadocker: boot until Active", pairs, "ms")
                        .Add("DIFFERENCE", pairs.Difference, "ms", remark: AtMost.Judge(pairs.Difference.Median)));
                }
            }
        }
    }

    private static async Task<double> SpawnAsync(DriverProcess driver)
    {
        var id = CommanderIds.NewInstanceId();
        var time = await driver.SpawnAsync(id).ConfigureAwait(false);
        await driver.DestroyAsync(id).ConfigureAwait(false);
        return time;
    }

    private static async Task<double> BootAsync(LiveNode node)
    {
        var id = CommanderIds.NewInstanceId();
        var time = await Workbench.TimeAsync(() => node.BootAsNovaAsync(id)).ConfigureAwait(false);
        await node.DeleteAsync(id).ConfigureAwait(false);
        return time;
    }
}
