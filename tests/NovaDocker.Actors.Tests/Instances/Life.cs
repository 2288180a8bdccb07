using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Actors.Tests.Instances;

/// <summary>What is asked of an instance, one command after the other has been carried out.</summary>
/// <param name="Commands">The commands.</param>
/// <param name="HoldAt">The step at which the host is held while a deletion is asked for; null where none cuts in.</param>
internal sealed record Life(Func<InstanceId, IEnumerable<IInstanceCommand>> Commands, StepKind? HoldAt = null)
{
    public static readonly IReadOnlyDictionary<string, Life> All = new Dictionary<string, Life>
    {
        ["boot"] = new(id => [Sample.Boot(id)]),
        ["stop"] = new(id => [Sample.Boot(id), new Stop(id, Of("stop"))]),
        ["stop and start"] = new(id => [Sample.Boot(id), new Stop(id, Of("stop")), new Start(id, Of("start"))]),
        ["soft reboot"] = new(id => [Sample.Boot(id), new Reboot(id, Of("reboot"), Hard: false)]),
        ["hard reboot"] = new(id => [Sample.Boot(id), new Reboot(id, Of("reboot"), Hard: true)]),
        ["pause and unpause"] = new(id => [Sample.Boot(id), new Pause(id, Of("pause")), new Unpause(id, Of("unpause"))]),
        ["snapshot"] = new(id => [Sample.Boot(id), new Snapshot(id, Of("snapshot"), Sample.Target)]),
        ["delete"] = new(id => [Sample.Boot(id), new Delete(id, Of("delete"))]),
        ["suspend and resume"] = new(
            id => [Sample.Boot(id), new Suspend(id, Of("suspend")), new Resume(id, Of("resume"))]),
        ["rebuild"] = new(id => [Sample.Boot(id), new Rebuild(id, Of("rebuild"), Sample.Spec, Sample.Image)]),
        ["resize and confirm"] = new(
            id => [Sample.Boot(id), new Resize(id, Of("resize"), new InstanceSize(512, 4)), new ConfirmResize(id, Of("confirm"))]),
        ["resize and revert"] = new(
            id => [Sample.Boot(id), new Resize(id, Of("resize"), new InstanceSize(128, 1)), new RevertResize(id, Of("revert"))]),
        ["rescue and unrescue"] = new(
            id => [Sample.Boot(id), new Rescue(id, Of("rescue"), Sample.Image), new Unrescue(id, Of("unrescue"))]),
        ["boot once more"] = new(id =>
        [
            Sample.Boot(id), new Delete(id, Of("delete")),
            Sample.Boot(id) with { IsAgain = true, Request = Of("again") },
        ]),
        ["delete during rebuild"] = new(
            id => [Sample.Boot(id), new Rebuild(id, Of("rebuild"), Sample.Spec, Sample.Image), new Delete(id, Of("delete"))],
            StepKind.StopContainer),
        ["delete during rescue"] = new(
            id => [Sample.Boot(id), new Rescue(id, Of("rescue"), Sample.Image), new Delete(id, Of("delete"))],
            StepKind.EnsureRescueImage),
        ["delete during boot"] = new(id => [Sample.Boot(id), new Delete(id, Of("delete"))], StepKind.CreateContainer),
        ["delete during snapshot"] = new(
            id => [Sample.Boot(id), new Snapshot(id, Of("snapshot"), Sample.Target), new Delete(id, Of("delete"))],
            StepKind.UploadSnapshot),
    };

    private static RequestContext Of(string name) => Sample.Request($"req-{name}");
}

/// <summary>When a brain is killed.</summary>
public enum KillMoment
{
    /// <summary>An event is stored, and what follows from it is not done.</summary>
    BeforeTheHostIsTold,

    /// <summary>What follows is done, and the journal does not take its outcome.</summary>
    WhenTheNextWriteFails,
}

/// <summary>A killing.</summary>
/// <param name="Moment">When.</param>
/// <param name="After">After how many events.</param>
internal sealed record Kill(KillMoment Moment, int After);
