using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Images;
using NovaDocker.Actors.Networks;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>A machine on which the cases of a matrix are carried out side by side, and judged when all is quiet.</summary>
internal sealed partial class MatrixRun : IAsyncDisposable
{
    /// <summary>How often a step is tried.</summary>
    public const int MaxAttempts = 3;

    /// <summary>The image of sandboxes, which is there from the beginning: who brings it would else be a matter of chance.</summary>
    public const string SandboxImage = "novadocker/sandbox:1";

    private const string Settings =
        """
        novadocker {
          host { reconcile-interval = 1h, orphan-grace = 0s }
          images.max-transfers = 64
          instances {
            retry { max-attempts = 3, initial-backoff = 5ms, max-backoff = 20ms }
            clean-up-retry { max-attempts = 3, initial-backoff = 5ms, max-backoff = 20ms }
            resend-interval = 10s
            snapshot-every = 7
          }
        }
        """;

    /// <summary>Ports are looked after when a comparison is asked for, and not in the middle of a case.</summary>
    private static readonly TimeSpan LooksByItself = TimeSpan.FromHours(1);

    /// <summary>Nobody tells what became of the ports.</summary>
    private static readonly OperationTerms Waiting = new()
    {
        AwaitVifs = new VifPluggingWait(TimeSpan.FromMilliseconds(20), IsFatal: false),
    };

    /// <summary>How long hundreds of cases at once may take.</summary>
    public static readonly TimeSpan RestTime = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Machine _machine;
    private readonly List<MatrixCase> _cases = [];
    private readonly ConcurrentDictionary<string, MatrixCase> _owners = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(InstanceId Instance, string RequestId)> _acknowledged = new();
    private readonly List<string> _baseImages = [];
    private readonly List<InstanceId> _canaries = [];
    private ImageId _sharedImage;

    private MatrixRun(Machine machine) => _machine = machine;

    public FakeContainerEngine Engine => _machine.Engine;

    public FakeHostNetwork Network => _machine.Network;

    public ComputeHost Host { get; private set; } = null!;

    public IReadOnlyList<MatrixCase> Cases => _cases;

    /// <summary>Starts a host on a machine of its own.</summary>
    /// <param name="content">What the image holds that instances are booted from.</param>
    public static async Task<MatrixRun> StartAsync(string content = "one")
    {
        var run = new MatrixRun(await Machine.CreateAsync(content));
        run._sharedImage = (await run._machine.Images.ListAsync(null, ImageCaller.Nobody, CancellationToken.None)).Single().Id;
        run._baseImages.Add(run._sharedImage.ToString());
        run.Engine.Info = run.Engine.Info with { Processors = 1024, MemoryBytes = 1L << 40 };
        run.Engine.AddImage(TestImages.OneFile(SandboxImage, new Dictionary<string, string>(), "waits"));
        run.Engine.Faults.Script = call =>
            run.OwnerOf(call.Subject)?.Next(new MatrixCall(call.Call, call.Subject, run.IsOfSandbox(call))
            {
                IsOfRescue = run.IsOfRescue(call),
            });
        run.Network.Script = (call, subject) =>
            run.OwnerOf(subject)?.Next(new MatrixCall(call, subject, IsOfSandbox: false)) is { } fault
                ? new EngineFault(AsOfNetwork(fault.Before, call, subject), AsOfNetwork(fault.After, call, subject))
                : null;
        await run.StartHostAsync();
        return run;
    }

    /// <summary>The instance that labels name; null where they name none.</summary>
    public static string? InstanceOf(IReadOnlyDictionary<string, string> labels) => Label(labels, "instance-id");

    /// <summary>The instance whose sandbox carries the labels; null where it is none.</summary>
    public static string? SandboxOf(IReadOnlyDictionary<string, string> labels) => Label(labels, "sandbox-of");

    /// <summary>The instance whose rescue container carries the labels; null where it is none.</summary>
    public static string? RescueOf(IReadOnlyDictionary<string, string> labels) => Label(labels, "rescue-of");

    /// <summary>The instance that labels of one of its containers name; null where they name none.</summary>
    public static string? OwnerOf(IReadOnlyDictionary<string, string> labels) =>
        InstanceOf(labels) ?? SandboxOf(labels) ?? RescueOf(labels);

    /// <summary>Starts a host on the machine, the first or another one.</summary>
    public async Task StartHostAsync()
    {
        Host = await _machine.StartAsync(Settings, LooksByItself);
        Host.WatchSteps((step, again) =>
        {
            if (_owners.TryGetValue(step.InstanceId.ToString(), out var owner))
                owner.NoteSent(again);
        });
    }

    public async ValueTask DisposeAsync() => await _machine.DisposeAsync();

    /// <summary>Adds a case and brings its instance to where the scenario begins. No call of that meets a fault.</summary>
    public async Task<MatrixCase> AddAsync(Scenario scenario, FaultKind? fault = null, int at = 0, CallKind call = default)
    {
        var name = fault is null ? scenario.Name : $"{scenario.Name}, call {at} {call}, {fault.Name}";
        var added = new MatrixCase(name, scenario, Engine) { Fault = fault, At = at };
        lock (_cases)
            _cases.Add(added);
        _owners[added.Id.ToString()] = added;
        foreach (var device in added.Ports.Devices)
            _owners[device] = added;
        added.Image = scenario.Verb == InstanceVerb.Boot ? await AddImageAsync(added) : _sharedImage;
        if (scenario.HasOtherImage)
            added.OtherImage = await AddImageAsync(added);
        if (scenario is { HasOtherImage: true, IsOtherImageAbsent: false })
            Engine.AddImage(TestImages.OneFile(ImageTags.ForImage(added.OtherImage), new Dictionary<string, string>(), $"{name} {added.Id}"));
        switch (scenario.From)
        {
            case Origin.Suspended:
                await DoAsync(added, InstanceVerb.Boot, InstancePhase.Active);
                await DoAsync(added, InstanceVerb.Suspend, InstancePhase.Suspended);
                break;
            case Origin.Rescued:
                await DoAsync(added, InstanceVerb.Boot, InstancePhase.Active);
                await DoAsync(added, InstanceVerb.Rescue, InstancePhase.Rescued);
                break;
            case Origin.Resized:
                await DoAsync(added, InstanceVerb.Boot, InstancePhase.Active);
                await DoAsync(added, InstanceVerb.Resize, InstancePhase.Active);
                break;
            case Origin.Deleted:
                await DoAsync(added, InstanceVerb.Boot, InstancePhase.Active);
                await DoAsync(added, InstanceVerb.Delete, InstancePhase.Deleted, "first");
                break;
            case Origin.Absent or Origin.AbsentExport:
                break;
            case Origin.AbsentWithImage:
                Engine.AddImage(TestImages.OneFile(ImageTags.ForImage(added.Image), new Dictionary<string, string>(), name));
                break;
            case Origin.Active:
                await DoAsync(added, InstanceVerb.Boot, InstancePhase.Active);
                break;
            case Origin.StoppedWithoutSandbox:
                await DoAsync(added, InstanceVerb.Boot, InstancePhase.Active);
                await DoAsync(added, InstanceVerb.Stop, InstancePhase.Stopped);
                LoseSandbox(added);
                break;
            case Origin.Stopped:
                await DoAsync(added, InstanceVerb.Boot, InstancePhase.Active);
                await DoAsync(added, InstanceVerb.Stop, InstancePhase.Stopped);
                break;
            case Origin.Paused:
                await DoAsync(added, InstanceVerb.Boot, InstancePhase.Active);
                await DoAsync(added, InstanceVerb.Pause, InstancePhase.Paused);
                break;
            case Origin.Error:
                await DoAsync(added, InstanceVerb.Boot, InstancePhase.Active);
                added.Arm((_, call) => RefusedIf(call, EngineCall.StartContainer));
                await DoAsync(added, InstanceVerb.HardReboot, InstancePhase.Error);
                // After what was given up the instance has its container looked at, which ends with the console.
                await Eventually.HoldsAsync(
                    () => added.Calls.Any(call => call.Call == EngineCall.ReadConsole), $"{added}: its container is looked at");
                break;
            case Origin.ErrorWithoutContainer:
                added.Arm((_, call) => RefusedIf(call, EngineCall.CreateContainer));
                await DoAsync(added, InstanceVerb.Boot, InstancePhase.Error);
                break;
        }

        await added.DisarmAsync();
        return added;
    }

    /// <summary>Asks a case its verb; no answer but acceptance will do.</summary>
    public async Task AskAsync(MatrixCase asked)
    {
        var command = CommandOf(asked, asked.Scenario.Verb, asked.RequestId);
        Assert.IsType<Accepted>(await SendAsync(command));
        _acknowledged.Enqueue((asked.Id, asked.RequestId));
    }

    /// <summary>Asks a case its verb and waits until it has come to its end, whatever that is.</summary>
    public async Task PerformAsync(MatrixCase performed)
    {
        performed.ArmForFault();
        await AskAsync(performed);
        await RestsAsync(performed);
        await performed.DisarmAsync();
    }

    /// <summary>Asks a verb and waits until the instance rests in the phase.</summary>
    public async Task DoAsync(MatrixCase asked, InstanceVerb verb, InstancePhase phase, string time = "")
    {
        var requestId = $"{asked.RequestId}-{verb}{time}";
        Assert.IsType<Accepted>(await SendAsync(CommandOf(asked, verb, requestId)));
        _acknowledged.Enqueue((asked.Id, requestId));
        var view = await RestsAsync(asked);
        Assert.True(view.Phase == phase, $"{asked}: {verb} ends in {view.Phase} and not in {phase}. {view.Fault}");
    }

    /// <summary>Deletes an instance, however it is, and waits until it is gone.</summary>
    public async Task DeleteAsync(MatrixCase asked)
    {
        if ((await Host.ViewAsync(asked.Id))!.Phase != InstancePhase.Deleted)
            await DoAsync(asked, InstanceVerb.Delete, InstancePhase.Deleted);
    }

    /// <summary>Waits until nothing is under way at an instance any more, by being told of its events.</summary>
    public async Task<InstanceView> RestsAsync(MatrixCase resting)
    {
        var began = TimeProvider.System.GetTimestamp();
        var view = await Host.ViewAsync(resting.Id);
        while (view is null or { Operation: not null })
        {
            if (TimeProvider.System.GetElapsedTime(began) > RestTime)
                throw new TimeoutException($"{resting}: never comes to rest: {view}");
            view = (await Host.AskAsync<InstanceFound>(new AwaitRevision(resting.Id, view?.Revision ?? 0, Patience))).View;
        }

        return view;
    }

    /// <summary>
    /// Waits until the host has looked into every event that the Engine told of so far: a container of no case ends, and
    /// when that is journaled, all that was told before has been looked into.
    /// </summary>
    public async Task CatchUpAsync()
    {
        var canary = await Host.BootedAsync();
        _canaries.Add(canary);
        Engine.Exit($"nova-{canary}", exitCode: 1);
        await Host.RestsAsync(canary, InstancePhase.Stopped);
    }

    /// <summary>Has the host compare its Engine with the journal, and returns what it found.</summary>
    public async Task<IReadOnlyList<ReconcileFinding>> ReconcileAsync(bool dryRun)
    {
        var report = Assert.Single((await Host.AskAsync<ComputeProtocol.ReconcileReport>(new ComputeProtocol.Reconcile(dryRun))).Hosts);
        Assert.Null(report.Problem);
        return [.. report.Findings];
    }

    /// <summary>Compares until the instances know of everything that the Engine did and never confirmed.</summary>
    public Task SettleAsync() => Eventually.BecomesAsync(
        () => ReconcileAsync(dryRun: false),
        findings => findings.All(finding => finding.Action != FindingAction.Recorded),
        "what was found is recorded");

    /// <summary>The case that a call is made for: by an id that is named in its subject, or by the container that is.</summary>
    public MatrixCase? OwnerOf(string subject)
    {
        if (_owners.TryGetValue(subject, out var known))
            return known;
        foreach (var id in Ids().EnumerateMatches(subject))
        {
            if (_owners.TryGetValue(subject.Substring(id.Index, id.Length), out var owner))
                return owner;
        }

        var made = Engine.History.FirstOrDefault(happened => happened.ContainerId == subject);
        if (made is null || OwnerOf(made.Labels) is not { } instance || !_owners.TryGetValue(instance, out var mine))
            return null;
        _owners[subject] = mine;
        return mine;
    }

    /// <summary>What befalls a call of the Engine, as it befalls one of the network: nothing but its own exception comes out of that.</summary>
    private static Func<CancellationToken, Task>? AsOfNetwork(
        Func<CancellationToken, Task>? befalls, NetworkCall call, string subject) => befalls is null ? null : async token =>
        {
            try
            {
                await befalls(token);
            }
            catch (EngineException e)
            {
                throw new VifException(e.ToFault().Code, $"{call} {subject}", e.Message, e);
            }
        };

    /// <summary>True of a call that is made on a sandbox, or for one: its name and the labels it is looked for by tell.</summary>
    private bool IsOfSandbox(RecordedCall call) => call.Subject.Contains("sandbox", StringComparison.Ordinal)
        || Engine.History.Any(happened => happened.ContainerId == call.Subject && SandboxOf(happened.Labels) is not null);

    /// <summary>The same of a rescue container.</summary>
    private bool IsOfRescue(RecordedCall call) => call.Subject.Contains("rescue", StringComparison.Ordinal)
        || Engine.History.Any(happened => happened.ContainerId == call.Subject && RescueOf(happened.Labels) is not null);

    private static string? Label(IReadOnlyDictionary<string, string> labels, string name) =>
        labels.GetValueOrDefault($"org.novadocker.{name}") is { Length: > 0 } value ? value : null;

    /// <summary>Ends a sandbox, and with it goes the namespace and what is plugged into it.</summary>
    private void LoseSandbox(MatrixCase losing)
    {
        var sandbox = Engine.Containers.Single(container => container.Name == $"nova-{losing.Id}-sandbox");
        Engine.Exit(sandbox.Id, 137);
        Network.DeleteNamespace(sandbox.NamespacePath!);
    }

    private Task<CommandReply> SendAsync(object command) => Host.AskAsync<CommandReply>(command);

    private object CommandOf(MatrixCase asked, InstanceVerb verb, string requestId)
    {
        if (verb == InstanceVerb.Boot)
        {
            return Commands.Boot(asked.Id, requestId, asked.Image.ToString()) with
            {
                Nics = asked.Scenario.HasPorts ? [asked.Ports.First] : [],
                IsAgain = asked.Scenario.From == Origin.Deleted,
                Terms = asked.Scenario.WaitsForVifs ? Waiting : OperationTerms.Usual,
            };
        }

        if (verb == InstanceVerb.Rebuild)
            return new ComputeProtocol.RebuildInstance(Commands.Boot(asked.Id, requestId, asked.OtherImage.ToString()));
        if (verb == InstanceVerb.Rescue)
        {
            var image = asked.Scenario.HasOtherImage ? asked.OtherImage : asked.Image;
            return new ComputeProtocol.RescueInstance(asked.Id, Commands.By(requestId), image.ToString());
        }

        if (verb == InstanceVerb.AttachInterface)
            return new ComputeProtocol.AttachNic(asked.Id, Commands.By(requestId), asked.Ports.Second);
        if (verb == InstanceVerb.DetachInterface)
            return new DetachInterface(asked.Id, Commands.By(requestId), asked.Ports.First.Port!.Value);
        var command = Commands.Of(verb, asked.Id, requestId);
        if (command is Snapshot snapshot)
            _owners[snapshot.Target.ImageId.ToString()] = asked;
        return command;
    }

    /// <summary>An image of the case's own: whose call it is to look for it can only be told by that.</summary>
    private async Task<ImageId> AddImageAsync(MatrixCase added)
    {
        var id = CommanderIds.NewImageId();
        var image = TestImages.OneFile("own:1", new Dictionary<string, string>(), added.Name);
        var isExport = added.Scenario.From == Origin.AbsentExport;
        var properties = isExport
            ? new EquatableMap<string>([KeyValuePair.Create("docker_archive", "export")])
            : EquatableMap<string>.Empty;
        using var archive = new MemoryStream(isExport ? image.Layers.Single() : image.ToBytes());
        await _machine.Images.AddAsync(new NewImage(id, $"{id}", properties), archive, ImageCaller.Nobody, CancellationToken.None);
        lock (_baseImages)
            _baseImages.Add(id.ToString());
        _owners[id.ToString()] = added;
        return id;
    }

    private static EngineFault? RefusedIf(MatrixCall call, EngineCall which) => call.Call == which && !call.IsOfSandbox
        ? new EngineFault(Before: _ => Task.FromException(new EngineException(EngineErrorKind.Invalid, "Invalid by order.")))
        : null;

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Ids();
}
