using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging.Abstractions;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Instances;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using Xunit.Abstractions;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Instances;

/// <summary>
/// An instance with real hands over a fake Engine, killed at every event of its life: whatever is killed when, it ends
/// where an undisturbed one ends, and the Engine was asked to do nothing twice.
/// </summary>
public sealed class KillAndRecoverSpecs : TestKit
{
    /// <summary>Calls that must not be made once more because somebody died. The others do no harm when repeated.</summary>
    private static readonly EngineCall[] OnceOnly =
    [
        EngineCall.CreateContainer, EngineCall.StartContainer, EngineCall.StopContainer, EngineCall.KillContainer,
        EngineCall.CommitContainer, EngineCall.LoadImage, EngineCall.RemoveContainer, EngineCall.CreateVolume,
    ];

    private static readonly InstanceSettings Settings = Sample.Settings with
    {
        ResendInterval = TimeSpan.FromMilliseconds(500),
        SnapshotEvery = 7,
    };

    public KillAndRecoverSpecs(ITestOutputHelper output)
        : base(TestSystem.Config, "recovery", output)
    {
    }

    public static TheoryData<string, KillMoment> Lives()
    {
        var data = new TheoryData<string, KillMoment>();
        foreach (var life in Life.All.Keys)
        {
            data.Add(life, KillMoment.BeforeTheHostIsTold);
            data.Add(life, KillMoment.WhenTheNextWriteFails);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Lives))]
    public async Task Killed_after_any_event_it_ends_as_if_undisturbed(string life, KillMoment moment)
    {
        var undisturbed = await LiveAsync(life, kill: null);
        var events = undisturbed.Events;
        Assert.True(events > 2);

        for (var after = 1; after < events; after++)
        {
            var disturbed = await LiveAsync(life, new Kill(moment, after));
            try
            {
                Assert.Equal(undisturbed.World, disturbed.World);
                foreach (var call in OnceOnly)
                {
                    // What a deletion cuts into is done or not, as it comes; twice it is not done either.
                    if (Life.All[life].HoldAt is null)
                        Assert.Equal((call, undisturbed.Calls(call)), (call, disturbed.Calls(call)));
                    else
                        Assert.InRange(disturbed.Calls(call), 0, 1);
                }
            }
            catch (Xunit.Sdk.XunitException e)
            {
                throw new InvalidOperationException($"Killed after event {after} of {life}: {disturbed.History}", e);
            }
        }
    }

    private async Task<Outcome> LiveAsync(string life, Kill? kill)
    {
        var id = Sample.NewId();
        var journal = JournalTable.Of(Sys);
        var engine = new FakeContainerEngine();
        var store = new MemoryImageStore();
        store.Put(Sample.Image.Id, Sample.Image.Name, Sample.Archive.ToBytes());
        var lives = CreateTestProbe();
        var between = Sys.ActorOf(Props.Create(() => new Interposer()));
        var entities = Sys.ActorOf(EntityHost.Props(
            entity => InstanceActor.Props(entity, between, Settings, TimeProvider.System, Sample.Ids), lives));
        var host = Sys.ActorOf(HostAgent.Props(
            Sample.Identity, new HostSettings(), Sample.EngineSettings.Host, entities,
            new HostParts(
                DockerSupervisor.Props(
                    new OneEngine(engine), Sample.EngineSettings, Settings, Sample.Identity, Sample.LocalBlueprint(), TimeProvider.System),
                ImageSupervisor.Props(store, Sample.ImageSettings, TimeProvider.System, NullLoggerFactory.Instance),
                Sample.Networks, Sample.Settler, Sample.Contents, Listings.InMemory(entities)),
            TimeProvider.System));
        var script = Life.All[life];
        between.Tell(new Interposer.Setup(host, entities, id, script.HoldAt, kill));
        if (kill is { Moment: KillMoment.WhenTheNextWriteFails } failing)
            journal.FailAfter(failing.After);
        await Eventually.BecomesAsync(
            () => host.Ask<Domain.Hosts.HostView>(new Domain.Hosts.HostProtocol.GetHost(Sample.Host)),
            view => view.EngineState == Domain.Hosts.EngineState.Healthy, "the Engine is known");

        foreach (var command in script.Commands(id))
        {
            if (command is Delete && script.HoldAt is not null)
                await between.Ask<string>(Interposer.Reached);
            else
                await SettleAsync(entities, id);
            await SayAsync(entities, command);
            if (command is Delete)
                between.Tell(Interposer.GoOn);
        }

        var view = await SettleAsync(entities, id);
        journal.FailAfter(int.MaxValue);
        var revisions = await between.Ask<Interposer.Sent>(Interposer.HowMany);
        Assert.Equal(revisions.Revisions.Order(), revisions.Revisions);
        var hostView = await host.Ask<Domain.Hosts.HostView>(new Domain.Hosts.HostProtocol.GetHost(Sample.Host));
        var history = journal.EventsOf(id);
        foreach (var actor in new[] { entities, host, between })
            Sys.Stop(actor);

        var world = string.Join("; ", new[]
        {
            $"phase {view?.Phase}",
            $"fault {view?.Fault?.Code}",
            $"containers {string.Join(',', engine.Containers.Select(c => c.Status))}",
            $"engine images {string.Join(',', await TagsAsync(engine))}",
            $"store {string.Join(',', store.Ids)}",
            $"claims {hostView.Instances}: {hostView.MemoryMbClaimed} MiB, {hostView.VcpusClaimed}",
            $"limits {string.Join(',', engine.Containers.Select(c => engine.SpecOf(c.Id).MemoryBytes >> 20))}",
            $"volumes {string.Join(',', engine.Volumes.Keys)}",
        });
        return new Outcome(
            world, history.Count, engine.CountOf, string.Join(' ', history.Select(e => e.GetType().Name)));
    }

    /// <summary>Says a command until it is answered, as a commander does.</summary>
    private static async Task SayAsync(IActorRef entities, IInstanceCommand command) =>
        await Eventually.BecomesAsync(
            async () =>
            {
                try
                {
                    return await entities.Ask<CommandReply>(command, TimeSpan.FromMilliseconds(300));
                }
                catch (AskTimeoutException)
                {
                    return null;
                }
            },
            reply => reply is Accepted, $"{command.GetType().Name} is accepted");

    private static async Task<InstanceView?> SettleAsync(IActorRef entities, InstanceId id) =>
        await Eventually.BecomesAsync(
            async () =>
            {
                try
                {
                    var reply = await entities.Ask<IInstanceReply>(new GetInstance(id), TimeSpan.FromMilliseconds(300));
                    return reply is InstanceFound { View: var view } ? (Settled: view.Operation is null, View: (InstanceView?)view) : (true, null);
                }
                catch (AskTimeoutException)
                {
                    return (false, null);
                }
            },
            seen => seen.Settled, "the instance rests") is var (_, found) ? found : null;

    private static async Task<IEnumerable<string>> TagsAsync(FakeContainerEngine engine) =>
        (await engine.ListImagesAsync(new Dictionary<string, string>(), CancellationToken.None))
            .SelectMany(image => image.Tags).Order(StringComparer.Ordinal);

    private sealed record Outcome(string World, int Events, Func<EngineCall, int> Calls, string History);
}
