using System.Collections.Concurrent;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Chaos.Tests;

/// <summary>Many instances at once, each driven through verbs as they come, whatever else happens to the node meanwhile.</summary>
internal sealed class Workload : IDisposable
{
    private static readonly Initiator Commander = new("chaos", "project", "chaos-test");

    private readonly INovaDockerClient _client;
    private readonly Random[] _randoms;
    private readonly Guid[] _ids;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<(InstanceId Instance, string RequestId)> _acknowledged = new();
    private readonly SemaphoreSlim _news = new(0);

    public Workload(INovaDockerClient client, int instances, int seed)
    {
        _client = client;
        var random = new Random(seed);
        _ids = [.. Enumerable.Range(0, instances).Select(_ => NewGuid(random))];
        _randoms = [.. Enumerable.Range(0, instances).Select(_ => new Random(random.Next()))];
    }

    /// <summary>The instances.</summary>
    public IEnumerable<InstanceId> Instances => _ids.Select(id => new InstanceId(id));

    /// <summary>Every command that a node said it would carry out.</summary>
    public IReadOnlyCollection<(InstanceId Instance, string RequestId)> Acknowledged => _acknowledged;

    /// <summary>
    /// Drives all instances until it is stopped. Every other one may be deleted; the rest see to it that there is something to
    /// acknowledge to the end, however fast commands are refused.
    /// </summary>
    public Task RunAsync() => Task.WhenAll(_ids.Select((id, i) => DriveAsync(new InstanceId(id), _randoms[i], mayDelete: i % 2 == 0)));

    /// <summary>Waits until nodes have acknowledged so many more commands.</summary>
    public async Task AcknowledgesAsync(int more, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        for (var i = 0; i < more; i++)
            await _news.WaitAsync(limit.Token);
    }

    /// <summary>Ends the driving; what was acknowledged goes on.</summary>
    public void Stop() => _stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _news.Dispose();
    }

    private async Task DriveAsync(InstanceId id, Random random, bool mayDelete)
    {
        for (var turn = 0; !_stopping.IsCancellationRequested; turn++)
        {
            var request = new RequestContext($"chaos-{id}-{turn}", Commander);
            try
            {
                var reply = await SayAsync(id, request, turn, random, mayDelete);
                if (reply is not Accepted accepted)
                    continue;
                _acknowledged.Enqueue((id, request.RequestId));
                _news.Release();

                // Sometimes the next command comes while this one is under way.
                if (random.Next(3) > 0)
                    await _client.WaitAsync(accepted, null, _stopping.Token);
            }
            catch (HostUnreachableException)
            {
                // The node is away; the next command finds it again.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private Task<CommandReply> SayAsync(
        InstanceId id, RequestContext request, int turn, Random random, bool mayDelete)
    {
        if (turn == 0)
        {
            return _client.BootAsync(
                new ComputeProtocol.BootInstance(
                    id, request, $"chaos-{id}", KillTests.ImageName, 16, 1, ["sleep", "100000"],
                    EquatableMap<string>.Empty)
                {
                    Upkeep = AnyUpkeep(random),
                },
                _stopping.Token);
        }

        var what = random.Next(18);
        if (what == 16)
        {
            return _client.RebuildAsync(
                new ComputeProtocol.RebuildInstance(new(
                    id, request, $"chaos-{id}", "", 16, 1, ["sleep", "100000"], EquatableMap<string>.Empty)),
                _stopping.Token);
        }

        if (what == 17)
            return _client.ResizeAsync(id, request, new InstanceSize(random.Next(8, 24), 1), cancellationToken: _stopping.Token);
        return _client.SendAsync(
            what switch
            {
                0 or 1 => new Start(id, request),
                2 or 3 => new Stop(id, request),
                4 => new Reboot(id, request, Hard: false),
                5 or 6 => new Reboot(id, request, Hard: true),
                7 => new Pause(id, request),
                8 => new Unpause(id, request),
                9 or 10 => new Snapshot(id, request, new SnapshotTarget(new ImageId(NewGuid(random)), $"chaos-{turn}", true)),
                11 => mayDelete && random.Next(3) == 0 ? new Delete(id, request) : new Unpause(id, request),
                12 => new Suspend(id, request),
                13 => new Resume(id, request),
                14 => new ConfirmResize(id, request),
                _ => new RevertResize(id, request),
            },
            _stopping.Token);
    }

    private static UpkeepPolicy AnyUpkeep(Random random) => new(
        new RestartPolicy((RestartMode)random.Next(1, 5), MaxRestarts: 0),
        UnhealthyAction.Report,
        (LostAction)random.Next(1, 3));

    private static Guid NewGuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
