using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NovaDocker.Actors.Common;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosting;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Secrets;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.UserData.Policy;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Benchmarks.Equipment;

/// <summary>
/// A compute host in this process: cluster, sharding, journal and door as the node has them, on an Engine in memory. What
/// it does is what the product itself costs.
/// </summary>
internal sealed class FakeHost : IAsyncDisposable
{
    private const string ImageName = "benchmark";
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Initiator Commander = new("benchmark", "project", "benchmark");

    private readonly IHost _host;
    private readonly IActorRef _door;

    private FakeHost(IHost host, IActorRef door)
    {
        _host = host;
        _door = door;
        System = host.Services.GetRequiredService<ActorSystem>();
    }

    /// <summary>Its actor system.</summary>
    public ActorSystem System { get; }

    /// <summary>Starts one on a data directory, which a node may take over afterwards.</summary>
    public static async Task<FakeHost> StartAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        var settings = NovaDockerSettings.Read(ConfigurationFactory.ParseString(
            $$"""
            novadocker {
              data-directory = "{{directory}}"
              remoting.port = 0
              host { cpu-allocation-ratio = 1000 }
            }
            """));
        JournalFiles.Prepare(settings.JournalDirectory);
        var images = new MemoryImageStore();
        images.Put(
            new ImageId(IdSource.TimeOrdered.Next()), ImageName,
            TestImages.OneFile("benchmark:1", new Dictionary<string, string>(), "benchmark").ToBytes());
        var engine = new FakeContainerEngine();
        // As many instances as anybody asks for.
        engine.Info = engine.Info with { Processors = 1024, MemoryBytes = 1L << 45 };
        var ports = new NovaDockerPorts(
            new Factory(engine), images, AesSecretBox.FromKeyFile(settings.SecretKeyFile), new HostPaths(), TimeProvider.System,
            IdSource.TimeOrdered);
        var id = HostIdFile.ReadOrCreate(settings.DataDirectory, IdSource.TimeOrdered);

        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddAkka(NovaDockerHosting.SystemName, (akka, services) => akka
            .ConfigureLoggers(setup =>
            {
                setup.ClearLoggers();
                setup.AddLoggerFactory(services.GetRequiredService<ILoggerFactory>());
            })
            .WithNovaDocker(settings, ports, id));
        var host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        var system = host.Services.GetRequiredService<ActorSystem>();
        var door = await system.ActorSelection("/user/instances").ResolveOne(AnswerTime).ConfigureAwait(false);
        var started = new FakeHost(host, door);
        await Eventually.BecomesAsync(
            async () => (await started.AskAsync<ComputeProtocol.HostList>(new ComputeProtocol.ListHosts()).ConfigureAwait(false)).Hosts,
            hosts => hosts is [{ EngineState: EngineState.Healthy }], "the host sees its Engine").ConfigureAwait(false);
        return started;
    }

    /// <summary>Boots an instance and waits until it is Active.</summary>
    public Task BootAsync(InstanceId id) => DoAsync(
        new ComputeProtocol.BootInstance(
            id, NewRequest(), $"bench-{id}", ImageName, 64, 1, ["sleep", "3600"],
            new EquatableMap<string>([KeyValuePair.Create("DATABASE_PASSWORD", "benchmark")])),
        id, InstancePhase.Active);

    /// <summary>Stops an instance and waits until it is Stopped.</summary>
    public Task StopAsync(InstanceId id) => DoAsync(new Stop(id, NewRequest()), id, InstancePhase.Stopped);

    /// <summary>Starts an instance and waits until it is Active.</summary>
    public Task StartAsync(InstanceId id) => DoAsync(new Start(id, NewRequest()), id, InstancePhase.Active);

    /// <summary>Asks the door.</summary>
    public Task<T> AskAsync<T>(object message) => _door.Ask<T>(message, AnswerTime);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().ConfigureAwait(false);
        _host.Dispose();
    }

    private async Task DoAsync(object command, InstanceId id, InstancePhase expected)
    {
        var reply = await AskAsync<CommandReply>(command).ConfigureAwait(false);
        if (reply is AlreadyDone)
            return;
        if (reply is not Accepted { Revision: var revision })
            throw new BenchmarkException($"A command was not accepted: {reply}");
        while (true)
        {
            var view = (await AskAsync<InstanceFound>(new AwaitRevision(id, revision, Patience)).ConfigureAwait(false)).View;
            if (view.Operation is null && view.Phase == expected)
                return;
            if (view.Operation is null)
                throw new BenchmarkException($"An instance is {view.Phase} and should be {expected}: {view.Fault?.Message}");
            revision = view.Revision;
        }
    }

    private static RequestContext NewRequest() => new(CommanderIds.NewRequestId(), Commander);

    private sealed class Factory(IContainerEngine engine) : IContainerEngineFactory
    {
        public IContainerEngine Open(EngineSettings settings) => engine;
    }
}
