using Akka.Actor;
using NovaDocker.Actors.Hosts;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Compute;
using NovaDocker.Domain.Hosts;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Doors;

/// <summary>
/// What commanders talk to, <c>/user/instances</c>: passes what concerns one instance on to it, and answers what concerns
/// many. Decides nothing; a boot alone is prepared here, since host, image and settled options belong into the command.
/// </summary>
internal sealed class InstancesDoor : UntypedActor
{
    /// <summary>The door's name below <c>/user</c>, which commanders send to.</summary>
    public const string Name = "instances";

    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(20);

    /// <summary>How long an instance that is up takes to answer at most; one that cannot be brought back does not.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(2);

    private const int MaxRequestIdLength = 128;

    private readonly IActorRef _instances;
    private readonly IActorRef _hosts;
    private readonly IActorRef _audit;
    private readonly IActorRef _lifecycle;
    private readonly InstanceListing _listing;
    private readonly InstanceReferences _references;
    private readonly InterfaceAttachment _attachment;
    private readonly InstanceChanges _changes;
    private readonly Func<string?> _journalProblem;

    public InstancesDoor(
        IActorRef instances,
        IActorRef hosts,
        IActorRef audit,
        IActorRef lifecycle,
        InstanceListing listing,
        Func<string?> journalProblem)
    {
        _instances = instances;
        _hosts = hosts;
        _audit = audit;
        _lifecycle = lifecycle;
        _listing = listing;
        _references = new InstanceReferences(listing);
        _attachment = new InterfaceAttachment(instances, hosts);
        _changes = new InstanceChanges(instances, hosts, _references);
        _journalProblem = journalProblem;
    }

    /// <summary>How to make one.</summary>
    /// <param name="instances">The region of the instances.</param>
    /// <param name="hosts">The directory of the hosts.</param>
    /// <param name="audit">What answers questions about the past.</param>
    /// <param name="lifecycle">What tells what instances did by themselves.</param>
    /// <param name="listing">What makes the lists.</param>
    /// <param name="journalProblem">Why nothing can be stored at present; null where it can.</param>
    public static Props Props(
        IActorRef instances,
        IActorRef hosts,
        IActorRef audit,
        IActorRef lifecycle,
        InstanceListing listing,
        Func<string?> journalProblem) =>
        Akka.Actor.Props.Create(() => new InstancesDoor(instances, hosts, audit, lifecycle, listing, journalProblem));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ComputeProtocol.BootInstance boot:
                BootAsync(boot).PipeTo(Sender, failure: e => Failure(boot.InstanceId, e));
                break;
            case ComputeProtocol.AttachNic attach:
                SettleAsync(attach.InstanceId, () => _attachment.AttachAsync(attach));
                break;
            case ComputeProtocol.RebuildInstance rebuild:
                SettleAsync(rebuild.InstanceId, () => _changes.RebuildAsync(rebuild));
                break;
            case ComputeProtocol.RescueInstance rescue:
                SettleAsync(rescue.InstanceId, () => _changes.RescueAsync(rescue));
                break;
            case Settled { Outcome: VerbCommand command }:
                OnCommand(command);
                break;
            case Settled settled:
                Sender.Tell(settled.Outcome);
                break;
            case Snapshot { Token: { } token } snapshot:
                SettleAsync(snapshot.InstanceId, () => LendTokenAsync(snapshot, token));
                break;
            // What has to be settled first does not come from outside as it is.
            case VerbCommand command and not (Boot or AttachInterface or Rebuild or Rescue):
                OnCommand(command);
                break;
            case TellVifPlugging or IInstanceQuery when _journalProblem() is { } problem:
                PassOnIfUpAsync((IWithInstanceId)message, problem).PipeTo(Sender, failure: Failure);
                break;
            case TellVifPlugging or IInstanceQuery:
                _instances.Forward(message);
                break;
            case ComputeProtocol.ListInstances list:
                _listing.ListAsync(list).PipeTo(Sender, failure: Failure);
                break;
            case ComputeProtocol.PullImage { Request.RequestId: var id } when id.Length is 0 or > MaxRequestIdLength:
                Sender.Tell(new ComputeProtocol.QueryFailed(new Fault(FaultCode.Invalid, BadRequestId(default, id).Reason)));
                break;
            case ComputeProtocol.PullImage when _journalProblem() is { } problem:
                Sender.Tell(new ComputeProtocol.QueryFailed(new Fault(FaultCode.Unavailable, JournalAway(default, problem).Reason)));
                break;
            case ComputeProtocol.GetHistory or ComputeProtocol.GetInstanceAt or ComputeProtocol.GetOperation
                or ComputeProtocol.GetImageHistory:
                _audit.Forward(message);
                break;
            case ComputeProtocol.AwaitLifecycle:
                _lifecycle.Forward(message);
                break;
            case ComputeProtocol.ListHosts or ComputeProtocol.ListNetworks or ComputeProtocol.Reconcile or ComputeProtocol.ListImages or ComputeProtocol.PullImage
                or ComputeProtocol.CollectImages or ComputeProtocol.BeginImageUpload or ComputeProtocol.ImageChunk
                or ComputeProtocol.AbandonImageUpload:
                _hosts.Forward(message);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Has a command made by whoever has a say in it; it comes back as <see cref="Settled"/>, with its sender.</summary>
    private void SettleAsync(InstanceId instance, Func<Task<object>> settle) =>
        settle().PipeTo(Self, Sender, success: outcome => new Settled(outcome), failure: e => new Settled(Failure(instance, e)));

    private void OnCommand(VerbCommand command)
    {
        if (command.Request.RequestId is { Length: 0 or > MaxRequestIdLength } id)
            Sender.Tell(BadRequestId(command.InstanceId, id));
        else if (_journalProblem() is { } problem)
            PassOnIfUpAsync(command, problem).PipeTo(Sender, failure: Failure);
        else if (command.RefuseIfEngineAway)
            SendUnlessEngineAwayAsync(command).PipeTo(Sender, failure: e => Failure(command.InstanceId, e));
        else
            _instances.Forward(command);
    }

    /// <summary>
    /// Finds host and image and sends the command. Where the id is known already the instance itself answers: a repeated
    /// request gets the first answer, also after the image has gone.
    /// </summary>
    private async Task<object> BootAsync(ComputeProtocol.BootInstance boot)
    {
        if (boot.Request.RequestId.Length is 0 or > MaxRequestIdLength)
            return BadRequestId(boot.InstanceId, boot.Request.RequestId);
        var problems = InstanceSpecRules.Problems(SpecOf(boot));
        if (problems.Count > 0)
            return new Refused(boot.InstanceId, RefusalCode.InvalidArgument, string.Join(' ', problems));
        if (_journalProblem() is { } problem && !await IsUpAsync(boot.InstanceId).ConfigureAwait(false))
            return JournalAway(boot.InstanceId, problem);
        var known = await AskAsync<IInstanceReply>(_instances, new GetInstance(boot.InstanceId)).ConfigureAwait(false);
        if (known is InstanceFound { View: var view } && !(boot.IsAgain && view.Phase == InstancePhase.Deleted))
        {
            // Nothing of this was settled, so it is for an answer only, also where the instance should be deleted by then.
            return await SendAsync(boot with { IsAgain = false }, SpecOf(boot), view.Image, view.Host).ConfigureAwait(false);
        }

        if (await HostOfAsync(boot).ConfigureAwait(false) is not { } host)
            return new Refused(boot.InstanceId, RefusalCode.NoHost, "No compute host is up at present.");
        var references = await _references.FindAsync(boot).ConfigureAwait(false);
        var admission = await AskAsync<object>(
            _hosts, new HostProtocol.AdmitBoot(host, boot) { References = references }).ConfigureAwait(false);
        return admission is HostProtocol.BootAdmitted admitted
            ? await SendAsync(boot, admitted.Spec, admitted.Image, host).ConfigureAwait(false)
            : admission;
    }

    /// <summary>
    /// While the journal is away an instance that is not up cannot be brought back, and what is sent to it may lie about
    /// until it can. So it gets a harmless question first, and the message only where it answers.
    /// </summary>
    private async Task<object> PassOnIfUpAsync(IWithInstanceId message, string problem)
    {
        if (await IsUpAsync(message.InstanceId).ConfigureAwait(false))
            return await AskAsync<object>(_instances, message).ConfigureAwait(false);
        return message is VerbCommand
            ? JournalAway(message.InstanceId, problem)
            : new ComputeProtocol.QueryFailed(new Fault(
                FaultCode.Unavailable, $"The instance cannot be brought back while the journal is away: {problem}"));
    }

    private async Task<bool> IsUpAsync(InstanceId instance)
    {
        try
        {
            await _instances.Ask<IInstanceReply>(new GetInstance(instance), SignOfLife).ConfigureAwait(false);
            return true;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }

    private static Refused JournalAway(InstanceId instance, string problem) => new(
        instance, RefusalCode.JournalUnavailable,
        $"The journal is away, so nothing new is begun: {problem} What was accepted before goes on when it is back. What was asked "
        + "before and not answered may have been stored yet: asked again with the same request id, the node tells then.");

    /// <summary>Hands the token of a request to the host that will need it; the command goes on without.</summary>
    private async Task<object> LendTokenAsync(Snapshot command, RequestToken token)
    {
        if (await AskAsync<IInstanceReply>(_instances, new GetInstance(command.InstanceId)).ConfigureAwait(false)
            is InstanceFound { View.Host: var host })
            _hosts.Tell(new HostProtocol.LendToken(host, command.InstanceId, token));
        return command with { Token = null };
    }

    private Task<object> SendAsync(
        ComputeProtocol.BootInstance boot, InstanceSpec spec, Domain.Images.ResolvedImage image, HostId host) =>
        AskAsync<object>(_instances, new Boot(boot.InstanceId, boot.Request, spec, image, host)
        {
            IsAgain = boot.IsAgain,
            Terms = boot.Terms,
        });

    private async Task<HostId?> HostOfAsync(ComputeProtocol.BootInstance boot) => boot.HostId
        ?? (await AskAsync<object>(_hosts, new HostDirectory.PickHost(boot.InstanceId)).ConfigureAwait(false)
            as HostDirectory.HostPicked)?.HostId;

    /// <summary>
    /// Passes a command on that is not to wait for an Engine that is away. The instance itself refuses it then, so that the
    /// refusal is in its history, and a repeated request or one that has nothing to do gets its proper answer.
    /// </summary>
    private async Task<object> SendUnlessEngineAwayAsync(VerbCommand command)
    {
        var known = await AskAsync<IInstanceReply>(_instances, new GetInstance(command.InstanceId)).ConfigureAwait(false);
        if (known is InstanceFound { View: var view })
            command = command with { EngineProblem = await EngineProblemAsync(view).ConfigureAwait(false) };
        return await AskAsync<object>(_instances, command).ConfigureAwait(false);
    }

    private async Task<string?> EngineProblemAsync(InstanceView instance)
    {
        var host = await AskAsync<HostView>(_hosts, new HostProtocol.GetHost(instance.Host)).ConfigureAwait(false);
        return host.EngineState == EngineState.Healthy
            ? null
            : $"The Docker Engine of host {host.Name} is {host.EngineState}: {host.Problem ?? "its containers are being looked at."}";
    }

    /// <summary>What the request itself says, without its secrets; the host makes the whole of it.</summary>
    private static InstanceSpec SpecOf(ComputeProtocol.BootInstance boot) => new(
        boot.Name, boot.MemoryMb, boot.Vcpus, boot.Command, EquatableMap<SealedValue>.Empty)
    {
        HealthCheck = boot.HealthCheck,
        Upkeep = boot.Upkeep,
    };

    private static Refused BadRequestId(InstanceId instance, string id) => new(
        instance, RefusalCode.InvalidArgument,
        $"The request id has {id.Length} characters; 1 to {MaxRequestIdLength} are allowed.");

    private static Task<T> AskAsync<T>(IActorRef actor, object message) => actor.Ask<T>(message, AskTimeout);

    private static Refused Failure(InstanceId instance, Exception e) => new(
        instance, RefusalCode.NoHost,
        e is AskTimeoutException ? "The node did not answer itself in time; ask again with the same request id." : e.Message);

    private static ComputeProtocol.QueryFailed Failure(Exception e) => new(
        e is AskTimeoutException
            ? new Fault(FaultCode.TimedOut, "The node did not answer itself in time; ask again.")
            : Faults.Of(e));

    /// <summary>A command that was made ready, or the answer in its place.</summary>
    private sealed record Settled(object Outcome) : INoSerializationVerificationNeeded;
}
