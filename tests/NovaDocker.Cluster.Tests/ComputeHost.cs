using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NovaDocker.Actors.Hosting;
using NovaDocker.Actors.Instances;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests;

/// <summary>A compute host as the node runs it, and what a test does with it through the door.</summary>
internal sealed class ComputeHost
{
    /// <summary>The order of the list.</summary>
    public static readonly Comparer<InstanceId> ById =
        Comparer<InstanceId>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    /// <summary>Longer than the door itself waits for others, so that what it says of that is heard.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan CommanderTime = TimeSpan.FromMinutes(1);
    private readonly IHost _host;
    private bool _isOver;

    public ComputeHost(NovaDockerSettings settings, NovaDockerPorts ports, HostId id, CapturedLog log)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(log);
        builder.Services.AddAkka(NovaDockerHosting.SystemName, (akka, services) => akka
            .ConfigureLoggers(setup =>
            {
                setup.ClearLoggers();
                setup.AddLoggerFactory(services.GetRequiredService<ILoggerFactory>());
            })
            .WithNovaDocker(settings, ports, id));
        _host = builder.Build();
    }

    public ActorSystem System { get; private set; } = null!;

    /// <summary>The way to an instance that leaves the door out.</summary>
    public IActorRef Region => _host.Services.GetRequiredService<ActorRegistry>().Get<InstanceRegion>();

    /// <summary>Where commanders find it.</summary>
    public NodeAddress Address
    {
        get
        {
            var address = ((ExtendedActorSystem)System).Provider.DefaultAddress;
            return new NodeAddress(address.Host, address.Port!.Value);
        }
    }

    public async Task StartAsync()
    {
        await _host.StartAsync();
        System = _host.Services.GetRequiredService<ActorSystem>();
        await Eventually.BecomesAsync(
            async () => (await AskAsync<ComputeProtocol.HostList>(new ComputeProtocol.ListHosts())).Hosts,
            hosts => hosts is [{ EngineState: not EngineState.Unknown }], "the host finds itself");
    }

    /// <summary>Stops it as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        _isOver = true;
        await _host.StopAsync();
        _host.Dispose();
    }

    /// <summary>Ends it as a crash does: every actor stops where it stands, and nobody is told.</summary>
    public async Task AbortAsync()
    {
        if (_isOver)
            return;
        _isOver = true;
        ((ExtendedActorSystem)System).Abort();
        await Eventually.CompletesAsync(System.WhenTerminated, "the actor system is gone");
        _host.Dispose();
    }

    /// <summary>
    /// Stands between the instances and the host's agent from now on, and tells of each step before the agent is sent it, with
    /// what sends it once more, as an instance does that waits for long.
    /// </summary>
    public void WatchSteps(Action<HostProtocol.RunStep, Action> sent)
    {
        var watch = System.ActorOf(Props.Create(() => new StepWatch(sent)));
        System.ActorSelection("/user/hosts").Tell(new HostProtocol.HostIdentified(Machine.Id), watch);
    }

    /// <summary>A commander of this process, as the HTTP door is one: it asks again what was lost.</summary>
    public NovaDockerClient Commander() => NovaDockerClient.Within(System, CommanderTime);

    /// <summary>Asks the door, once.</summary>
    public Task<T> AskAsync<T>(object message, TimeSpan? within = null) =>
        System.ActorSelection("/user/instances").Ask<T>(message, within ?? AnswerTime);

    public Task<CommandReply> BootAsync(InstanceId id, string requestId = "req-boot", string image = Machine.ImageName) =>
        AskAsync<CommandReply>(Commands.Boot(id, requestId, image));

    /// <summary>Boots an instance and waits until it is active.</summary>
    public async Task<InstanceId> BootedAsync(UpkeepPolicy? upkeep = null)
    {
        var id = CommanderIds.NewInstanceId();
        var boot = Commands.Boot(id, "req-boot", Machine.ImageName) with { Upkeep = upkeep ?? UpkeepPolicy.None };
        Assert.IsType<Accepted>(await AskAsync<CommandReply>(boot));
        await RestsAsync(id, InstancePhase.Active);
        return id;
    }

    public async Task<InstanceView?> ViewAsync(InstanceId id) =>
        (await AskAsync<IInstanceReply>(new GetInstance(id)) as InstanceFound)?.View;

    /// <summary>What the host says of itself.</summary>
    public async Task<HostView> HostAsync() =>
        Assert.Single((await AskAsync<ComputeProtocol.HostList>(new ComputeProtocol.ListHosts())).Hosts);

    /// <summary>Waits until the instance rests in the phase.</summary>
    public async Task<InstanceView> RestsAsync(InstanceId id, InstancePhase phase) =>
        (await Eventually.BecomesAsync(
            () => ViewAsync(id), view => view?.Phase == phase && view.Operation is null, $"{id} is {phase}"))!;

    /// <summary>Every event of an instance, page by page.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(InstanceId id, int limit = ComputeProtocol.MaxPage)
    {
        var entries = new List<HistoryEntry>();
        while (true)
        {
            var page = await AskAsync<ComputeProtocol.HistoryPage>(
                new ComputeProtocol.GetHistory(id, entries.Count == 0 ? 0 : entries[^1].Sequence, limit));
            if (page.Entries.IsEmpty)
                return entries;
            entries.AddRange(page.Entries);
        }
    }

    /// <summary>The ids that the list shows, page by page.</summary>
    public async Task<IReadOnlyList<InstanceId>> ListAsync(bool includeDeleted = false, int limit = ComputeProtocol.MaxPage)
    {
        var ids = new List<InstanceId>();
        InstanceId? after = null;
        do
        {
            var page = await AskAsync<ComputeProtocol.InstancePage>(
                new ComputeProtocol.ListInstances(after, limit, includeDeleted));
            ids.AddRange(page.Instances.Select(view => view.Id));
            after = page.Next;
        }
        while (after is not null);
        return ids;
    }

    /// <summary>The instances in memory, without asking one of them.</summary>
    public async Task<IReadOnlyList<InstanceId>> InMemoryAsync()
    {
        var state = await Region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, AnswerTime);
        return [.. state.Shards.SelectMany(shard => shard.EntityIds).Select(InstanceId.Parse)];
    }

    private sealed class StepWatch(Action<HostProtocol.RunStep, Action> sent) : UntypedActor
    {
        private readonly ActorSelection _agent = Context.ActorSelection("/user/host");

        protected override void OnReceive(object message)
        {
            var sender = Sender;
            if (message is HostProtocol.RunStep step)
                sent(step, () => _agent.Tell(step, sender));
            _agent.Tell(message, sender);
        }
    }
}
