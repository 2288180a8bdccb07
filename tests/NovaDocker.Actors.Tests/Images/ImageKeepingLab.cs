using System.Collections.Concurrent;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging.Abstractions;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using Xunit.Abstractions;

namespace NovaDocker.Actors.Tests.Images;

/// <summary>The images of a host that keeps account of them, over a fake Engine and a journal in memory; the test is the host agent.</summary>
public abstract class ImageKeepingLab : TestKit
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestProbe _agent;
    private int _lives;

    protected ImageKeepingLab(ITestOutputHelper output, string name)
        : base(TestSystem.Config, name, output)
    {
        _agent = CreateTestProbe("agent");
        Store.Put(Sample.Image.Id, Sample.Image.Name, Sample.Archive.ToBytes());
    }

    protected static string Tag => ImageTags.ForImage(Sample.Image.Id);

    private protected FakeContainerEngine Engine { get; } = new();

    private protected MemoryImageStore Store { get; } = new();

    private protected JournalTable Journal => JournalTable.Of(Sys);

    private protected ConcurrentBag<InstanceView> Instances { get; } = [];

    private protected StubDisk Disk { get; } = new();

    private protected ImageSettings Settings { get; set; } = Sample.ImageSettings with
    {
        Collection = new CollectionRules(TimeSpan.FromHours(1), 85, 80, TimeSpan.Zero),
    };

    private protected IActorRef Images { get; private set; } = ActorRefs.Nobody;

    /// <summary>Begins, or begins anew as after a kill of the node.</summary>
    private protected void Start()
    {
        if (!Images.IsNobody())
        {
            Watch(Images);
            Sys.Stop(Images);
            ExpectTerminated(Images);
        }

        var region = Sys.ActorOf(StubRegion.Props(Instances));
        Images = Sys.ActorOf(
            Parent.Props(
                ImageSupervisor.Props(
                    Store, Settings, TimeProvider.System, NullLoggerFactory.Instance,
                    new ImageKeeping(Sample.Identity, region, Disk, Sample.Ids)),
                _agent),
            $"life-{++_lives}");
        Images.Tell(new EngineOpened(Engine), ActorRefs.NoSender);
    }

    private protected async Task<HostProtocol.ImagePull> PullAsync(string reference = "busybox", string request = "req-1") =>
        await Images.Ask<HostProtocol.ImagePull>(new HostProtocol.PullImage(Sample.Host, Sample.Request(request), reference), Patience);

    private protected Task<HostProtocol.ImagePull> PullEndsAsync(string reference = "busybox", string request = "req-1") =>
        Eventually.BecomesAsync(() => PullAsync(reference, request), pull => pull.State != PullState.Pulling, "the pull has ended");

    private protected async Task<HostProtocol.HostImages> CollectAsync(bool isDryRun = false) =>
        await Images.Ask<HostProtocol.HostImages>(new HostProtocol.CollectImages(Sample.Host, isDryRun), Patience);

    private protected async Task<StepFinished> EnsureAsync(HostProtocol.RunStep? step = null)
    {
        Images.Tell(step ?? Sample.Step(StepKind.EnsureImage));
        return await FinishedAsync();
    }

    private protected async Task<StepFinished> FinishedAsync() =>
        (StepFinished)await _agent.FishForMessageAsync(message => message is StepFinished, Patience);

    /// <summary>Whoever waits is told nothing for a moment.</summary>
    private protected async Task NothingEndsAsync() => await _agent.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));

    private protected HeldCall HoldStore()
    {
        var held = new HeldCall();
        Store.Holds = _ => held;
        return held;
    }

    /// <summary>A container of the image that is an instance's, or somebody's.</summary>
    private protected async Task<string> UseAsync(string image, bool isOurs = true) => await Engine.CreateContainerAsync(
        new ContainerSpec
        {
            Name = $"c-{Sample.Ids.Next()}",
            Image = image,
            Hostname = "used",
            Labels = isOurs ? Labels.OfInstance(Sample.Identity, Sample.Id) : Labels.OfInstance(Sample.Identity, Sample.Id).Clear(),
            MemoryBytes = 1 << 20,
            CpuShares = 1024,
            NanoCpus = 0,
            NetworkMode = "none",
        },
        CancellationToken.None);

    /// <summary>The names of the events in the ledger.</summary>
    private protected IReadOnlyList<string> History() => [.. Entries().Select(entry => entry.Event)];

    private protected IReadOnlyList<ImageHistoryEntry> Entries() =>
    [
        .. Journal.Read(ImageLedgerEvents.PersistenceIdPrefix + Sample.Host.Value)
            .Select(row => ImageHistoryEntry.Of(row.SequenceNr, (ImageLedgerEvents.LedgerEvent)row.Event)),
    ];

    private protected Task HistoryBecomesAsync(params string[] events) => Eventually.BecomesAsync(
        () => Task.FromResult(string.Join(' ', History())), text => text == string.Join(' ', events),
        $"the ledger holds {string.Join(' ', events)}");

    /// <summary>A file system that is as full as a test says.</summary>
    internal sealed class StubDisk : IDiskSpace
    {
        /// <summary>What it shows; null where it cannot be seen.</summary>
        public DiskUse? Use { get; set; }

        /// <summary>How often it was looked at.</summary>
        public int Looks => _looks;

        private int _looks;

        public DiskUse? Of(string directory)
        {
            Interlocked.Increment(ref _looks);
            return Use is { } use ? use with { Path = directory } : null;
        }
    }
}
