using System.Net;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Client;
using Akka.Hosting;
using Akka.Persistence;
using Akka.Persistence.Query;
using Akka.Streams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NovaDocker.Actors.Audit;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Docker.Sandboxes;
using NovaDocker.Actors.Doors;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Instances;
using NovaDocker.Actors.Journal;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Wire;

namespace NovaDocker.Actors.Hosting;

/// <summary>Puts the actors of a compute host into an actor system.</summary>
public static class NovaDockerHosting
{
    /// <summary>
    /// Adds a compute host to the actor system. This is the whole of embedding, together with the adapters: the node of
    /// this project does nothing else.
    /// </summary>
    /// <param name="builder">The actor system being made; its name must be <see cref="SystemName"/> for commanders to find it.</param>
    /// <param name="settings">What the operator set.</param>
    /// <param name="ports">What the actors reach the world through.</param>
    /// <param name="host">The stable id of this host.</param>
    public static AkkaConfigurationBuilder WithNovaDocker(
        this AkkaConfigurationBuilder builder, NovaDockerSettings settings, NovaDockerPorts ports, HostId host) =>
        builder
            .AddHocon(AkkaStructure.For(settings), HoconAddMode.Prepend)
            .AddSetup(new JournalGuard.Place(settings.JournalDirectory))
            .WithNovaDockerSerialization()
            .WithJournal()
            .WithCluster()
            .WithHostDirectory()
            .WithInstanceRegion(settings.Instances, ports)
            .WithHostAgent(settings, ports, host)
            .WithInstancesDoor(settings, host);

    private static readonly TimeSpan JournalOpenTime = TimeSpan.FromMinutes(1);

    /// <summary>The name of the actor system, which is part of the address that commanders use.</summary>
    public const string SystemName = "novadocker";

    /// <summary>A cluster of one: the node joins itself, by whichever port it got.</summary>
    private static AkkaConfigurationBuilder WithCluster(this AkkaConfigurationBuilder builder) =>
        builder.AddStartup((system, _) =>
        {
            var cluster = Cluster.Get(system);
            cluster.Join(cluster.SelfAddress);
        });

    /// <summary>
    /// Waits for the journal before anything else uses it, with a question that it answers once its files are open: the
    /// plugin that reads it waits for five seconds only, which is little on a machine that has just started.
    /// </summary>
    private static AkkaConfigurationBuilder WithJournal(this AkkaConfigurationBuilder builder) =>
        builder.WithActors(async (system, _) =>
        {
            await Persistence.Instance.Apply(system).JournalFor("").Ask<object>(
                asking => new ReplayMessages(1, 1, 0, "nobody", asking), JournalOpenTime, CancellationToken.None)
                .ConfigureAwait(false);
            system.ActorOf(JournalWatch.Props(), "journal");
        });

    private static AkkaConfigurationBuilder WithHostDirectory(this AkkaConfigurationBuilder builder) =>
        builder.WithActors((system, registry) =>
            registry.Register<HostDirectory>(system.ActorOf(Props.Create(() => new HostDirectory()), "hosts")));

    private static AkkaConfigurationBuilder WithInstanceRegion(
        this AkkaConfigurationBuilder builder, InstanceSettings settings, NovaDockerPorts ports) =>
        builder.WithShardRegion<InstanceRegion>(
            InstanceRegion.TypeName,
            (_, registry, _) =>
            {
                var hosts = registry.Get<HostDirectory>();
                return entity => InstanceActor.Props(InstanceId.Parse(entity), hosts, settings, ports.Time, ports.Ids);
            },
            new InstanceMessageExtractor(),
            new ShardOptions
            {
                RememberEntities = true,
                RememberEntitiesStore = RememberEntitiesStore.Eventsourced,
                StateStoreMode = StateStoreMode.DData,
                HandOffStopMessage = PoisonPill.Instance,
            });

    private static AkkaConfigurationBuilder WithHostAgent(
        this AkkaConfigurationBuilder builder, NovaDockerSettings settings, NovaDockerPorts ports, HostId host) =>
        builder.WithActors((system, registry, resolver) =>
        {
            var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
            var identity = new HostIdentity(
                host, settings.ClusterName, Dns.GetHostName(), $"{address.Host}:{address.Port}");
            var loggers = resolver.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
            var isEngineHere = settings.Engine.Host.Scheme == "unix";
            var contents = new InstanceContents(settings.ContentDirectory);
            var docker = DockerSupervisor.Props(
                ports.Engines, settings.Engine, settings.Instances, identity,
                new ContainerBlueprint(
                    identity, ports.Secrets, settings.Policy, ports.Paths, new AuthorizedKeys(settings.KeyDirectory),
                    new ResolutionFiles(settings.ResolutionDirectory), contents, isEngineHere),
                ports.Time);
            // The file systems of another machine cannot be seen from here.
            var disk = isEngineHere ? ports.Disk : UnseenDiskSpace.Instance;
            var region = registry.Get<InstanceRegion>();
            var listing = ListingOf(system, region);
            var images = ImageSupervisor.Props(
                ports.Images, settings.Images, ports.Time, loggers, new ImageKeeping(identity, region, disk, ports.Ids));
            var networks = NetworkSupervisor.Props(new NetworkKit(
                isEngineHere ? ports.Network : NoHostNetwork.Instance, settings.Networks, settings.Instances, settings.Host, identity, region,
                listing.FindLivingAsync, ports.Time));
            var agent = HostAgent.Props(
                identity, settings.Host, settings.Engine.Host, region,
                new HostParts(
                    docker, images, networks,
                    new BootSettler(
                        settings.Policy, ports.Paths, ports.Secrets, settings.Instances.InjectKey, isEngineHere ? contents : null),
                    contents, listing.FindLivingIdsAsync)
                {
                    Surroundings = new HostSurroundings(disk, settings.Images.DiskReserveMb, JournalGuard.Of(system).Problem),
                },
                ports.Time);
            registry.Register<HostAgent>(system.ActorOf(agent, "host"));
        });

    private static AkkaConfigurationBuilder WithInstancesDoor(this AkkaConfigurationBuilder builder, NovaDockerSettings settings, HostId host) =>
        builder.WithActors((system, registry) =>
        {
            var events = PersistenceQuery.Get(system).ReadJournalFor<ICurrentEventsByPersistenceIdQuery>(AkkaStructure.ReadJournal);
            var audit = system.ActorOf(AuditActor.Props(events), "audit");
            var lifecycle = system.ActorOf(LifecycleActor.Props(new JournalTail(settings.JournalDirectory, system), host), "lifecycle");
            var region = registry.Get<InstanceRegion>();
            var door = system.ActorOf(
                InstancesDoor.Props(
                    region, registry.Get<HostDirectory>(), audit, lifecycle, ListingOf(system, region), JournalGuard.Of(system).Problem),
                InstancesDoor.Name);
            registry.Register<InstancesDoor>(door);
            ClusterClientReceptionist.Get(system).RegisterService(door);
        });

    private static InstanceListing ListingOf(ActorSystem system, IActorRef region)
    {
        var query = PersistenceQuery.Get(system);
        return new InstanceListing(
            new InstanceFinder(region),
            query.ReadJournalFor<ICurrentPersistenceIdsQuery>(AkkaStructure.ReadJournal),
            query.ReadJournalFor<ICurrentEventsByPersistenceIdQuery>(AkkaStructure.ReadJournal),
            system.Materializer());
    }
}
