using System.Globalization;
using NovaDocker.Actors.Docker;
using NovaDocker.Adapters.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Testing;
using NovaDocker.Testing.Processes;
using NovaDocker.Wire.Client;
using Xunit.Abstractions;

namespace NovaDocker.Chaos.Tests;

/// <summary>
/// Real node processes and a real Engine are killed at random moments, and containers meddled with, while many instances with
/// all sorts of upkeep are driven through all verbs but those of rescues and ports; afterwards journal and Engine must agree.
/// The seed is printed; <c>tests/chaos.sh</c> runs it longer.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    /// <summary>The image that all instances boot from.</summary>
    internal const string ImageName = "chaos";

    /// <summary>So many kills hit something; of fewer all may be unlucky.</summary>
    private const int TellingKills = 10;

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(4);

    [SkippableFact]
    public async Task Whatever_is_killed_journal_and_engine_agree_afterwards()
    {
        Skip.IfNot(
            Environment.GetEnvironmentVariable("NOVADOCKER_TEST_ENGINE") is not null && Environment.UserName == "root",
            "needs root and Debian's docker.io, to start Engines that may be killed (tests/run.sh has both)");
        var seed = Setting("NOVADOCKER_CHAOS_SEED", Environment.TickCount & 0xffff);
        var kills = Setting("NOVADOCKER_CHAOS_KILLS", 25);
        var instances = Setting("NOVADOCKER_CHAOS_INSTANCES", 40);
        output.WriteLine($"seed {seed}, {kills} kills, {instances} instances: bash tests/chaos.sh --seed {seed} --kills {kills}");

        var directory = Directory.CreateTempSubdirectory("ndc").FullName;
        try
        {
            await using var engine = await EngineProcess.StartAsync(Path.Combine(directory, "e"));
            await using var node = new NodeProcess(
                Path.Combine(directory, "n"), engine.Address, "novadocker.host.reconcile-interval=2s",
                "novadocker.host.orphan-grace=4s", "novadocker.instances.stop-grace=1s", "novadocker.images.max-transfers=4");
            await RunAsync(engine, node, seed, kills, instances);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task RunAsync(EngineProcess engine, NodeProcess node, int seed, int kills, int instances)
    {
        await node.StartAsync();
        await using var client = new NovaDockerClient(new NovaDockerClientOptions
        {
            Contacts = [new NodeAddress("127.0.0.1", node.Port)],
            Timeout = TimeSpan.FromSeconds(60),
        });
        var archive = TestImages.Shell("chaos:1", new Dictionary<string, string>());
        var image = await client.AddImageAsync(new MemoryStream(archive.ToBytes()), ImageName, EquatableMap<string>.Empty);

        await using var truth = new DockerContainerEngineFactory(TimeProvider.System).Open(
            new EngineSettings { Host = new Uri(engine.Address) });
        var hostId = (await File.ReadAllTextAsync(Path.Combine(node.DataDirectory, "host-id"))).Trim();
        var random = new Random(seed);
        using var workload = new Workload(client, instances, seed);
        var running = workload.RunAsync();
        var meddled = await KillAllAsync(engine, node, workload, new Meddler(truth, hostId, random), random, kills);
        Assert.True(
            kills < TellingKills || meddled.Any(what => !what.StartsWith("nothing", StringComparison.Ordinal)), "Nothing was done by hand.");
        workload.Stop();
        await running;
        output.WriteLine($"{workload.Acknowledged.Count} commands were acknowledged.");

        await Eventually.BecomesAsync(
            () => UnfinishedAsync(client, workload), unfinished => unfinished.Length == 0, "every instance rests", Quiet);
        await Eventually.BecomesAsync(
            async () => (await client.ReconcileAsync(dryRun: true)).Sum(host => host.Findings.Count), left => left == 0,
            "Engine and journal agree", TimeSpan.FromMinutes(1));

        var evidence = await new Investigation(client, truth, hostId).GatherAsync(workload, image.Id.ToString());
        Assert.True(
            kills < TellingKills || evidence.Instances.Any(instance => instance.History.Any(entry => entry.Event == "work-resumed")),
            "No kill hit anything that was under way.");
        var faults = Verdict.On(evidence);
        Assert.True(faults.Count == 0, $"seed {seed}:\n{string.Join('\n', faults)}\n\nThe node's log ends:\n{node.Tail(60)}");
    }

    /// <returns>What was done by hand before each kill.</returns>
    private async Task<IReadOnlyList<string>> KillAllAsync(
        EngineProcess engine, NodeProcess node, Workload workload, Meddler meddler, Random random, int kills)
    {
        var done = new List<string>();
        for (var kill = 1; kill <= kills; kill++)
        {
            await workload.AcknowledgesAsync(random.Next(3, 25), TimeSpan.FromMinutes(3));
            var what = (kill % 6, kill) switch
            {
                (_, 10) => "both",
                (3, _) => "Engine",
                _ => "node",
            };
            var meddled = await meddler.MeddleAsync();
            done.Add(meddled);
            output.WriteLine($"kill {kill}: {what}, after {workload.Acknowledged.Count} commands; by hand: {meddled}");
            if (what != "Engine")
                await node.KillAsync();
            if (what != "node")
            {
                await engine.KillAsync();
                await engine.RestartAsync();
            }

            if (what != "Engine")
                await node.StartAsync();
        }

        return done;
    }

    private static async Task<string> UnfinishedAsync(NovaDockerClient client, Workload workload)
    {
        var unfinished = new List<string>();
        foreach (var id in workload.Instances)
        {
            if (await client.GetInstanceAsync(id) is { Operation: { } operation })
                unfinished.Add($"{id} {operation.Verb} {operation.Step} attempt {operation.Attempt}");
        }

        return string.Join("; ", unfinished);
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
