using System.Collections.Frozen;
using System.Text;
using static NovaDocker.Domain.Instances.InstancePhase;

namespace NovaDocker.Domain.Instances;

/// <summary>How a verb is answered in a phase.</summary>
public abstract record VerbAnswer
{
    private VerbAnswer()
    {
    }

    /// <summary>It begins; what is under way is called off.</summary>
    public sealed record Begins : VerbAnswer;

    /// <summary>It begins where the instance has a container, and is refused where it has none.</summary>
    public sealed record BeginsWithContainer : VerbAnswer;

    /// <summary>It begins a new life of a deleted instance where that is meant, and is refused where it is not.</summary>
    public sealed record BeginsAgain : VerbAnswer;

    /// <summary>The instance is there already.</summary>
    public sealed record Done : VerbAnswer;

    /// <summary>The same is under way: the answer names that operation.</summary>
    public sealed record Joins : VerbAnswer;

    /// <summary>It is a question, and is answered.</summary>
    public sealed record Reads : VerbAnswer;

    /// <summary>There is no such instance.</summary>
    public sealed record Unknown : VerbAnswer;

    /// <summary>It is refused.</summary>
    /// <param name="Code">Why, for programs.</param>
    /// <param name="Reason">Why, and what would be right, for people.</param>
    public sealed record Refuses(RefusalCode Code, string Reason) : VerbAnswer;
}

/// <summary>
/// The one table of what each verb does in each phase: code, test and the table in <c>ARCHITECTURE.md</c> at once. Which
/// verbs are allowed where follows Nova (<c>nova/compute/api.py</c>, <c>check_instance_state</c>), but for what its compute
/// manager does within a verb of its own: it powers off a paused or suspended instance to shelve it or to delete it softly.
/// </summary>
public static class VerbTable
{
    private static readonly InstanceVerb[] Columns =
        [.. Enum.GetValues<InstanceVerb>().Where(verb => verb is not (InstanceVerb.Restart or InstanceVerb.Repair))];

    private static readonly VerbAnswer Begins = new VerbAnswer.Begins();
    private static readonly VerbAnswer WithContainer = new VerbAnswer.BeginsWithContainer();
    private static readonly VerbAnswer Again = new VerbAnswer.BeginsAgain();
    private static readonly VerbAnswer IsDone = new VerbAnswer.Done();
    private static readonly VerbAnswer Joins = new VerbAnswer.Joins();
    private static readonly VerbAnswer Reads = new VerbAnswer.Reads();
    private static readonly VerbAnswer Unknown = new VerbAnswer.Unknown();

    /// <summary>What is said of an id that is taken.</summary>
    internal static readonly VerbAnswer.Refuses Exists = new(
        RefusalCode.AlreadyExists, "The id belongs to an instance that exists or existed; ids are never used again.");

    private static readonly VerbAnswer Busy = new VerbAnswer.Refuses(
        RefusalCode.Busy, "Another operation is under way; wait for it, or delete the instance.");

    private static readonly VerbAnswer Leaving = Wrong("The instance is being deleted.");

    private static readonly VerbAnswer Gone = Wrong("The instance was deleted; its history remains.");

    private static readonly FrozenDictionary<(InstancePhase, InstanceVerb), VerbAnswer> Cells = Rows()
        .SelectMany(row => row.Answers.Select((answer, i) => KeyValuePair.Create((row.Phase, Columns[i]), answer)))
        .ToFrozenDictionary();

    /// <summary>Every verb that may be asked for, in the order of the table's columns.</summary>
    public static IReadOnlyList<InstanceVerb> Verbs => Columns;

    /// <summary>The answer to a verb in a phase.</summary>
    public static VerbAnswer Answer(InstancePhase phase, InstanceVerb verb) => Cells[(phase, verb)];

    /// <summary>The table in Markdown, as it stands in <c>src/ARCHITECTURE.md</c>.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder("| phase |");
        foreach (var verb in Verbs)
            text.Append(' ').Append(verb).Append(" |");
        text.Append("\n|---|").Insert(text.Length, "---|", Verbs.Count).Append('\n');
        foreach (var phase in Enum.GetValues<InstancePhase>())
        {
            text.Append("| ").Append(phase).Append(" |");
            foreach (var verb in Verbs)
                text.Append(' ').Append(Describe(Answer(phase, verb), verb)).Append(" |");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Describe(VerbAnswer answer, InstanceVerb verb) => answer switch
    {
        VerbAnswer.Begins => OperationPlan.For(verb).During.ToString(),
        VerbAnswer.BeginsWithContainer => $"{OperationPlan.For(verb).During}, else NoContainer",
        VerbAnswer.BeginsAgain => $"{OperationPlan.For(verb).During} where meant, else *{Exists.Code}*",
        VerbAnswer.Done => "done",
        VerbAnswer.Joins => "joins",
        VerbAnswer.Reads => "reads",
        VerbAnswer.Unknown => "not found",
        VerbAnswer.Refuses refuses => $"*{refuses.Code}*",
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "Not an answer of the table."),
    };

    private static VerbAnswer.Refuses Wrong(string reason) => new(RefusalCode.WrongState, reason);

    /// <summary>
    /// The rows. The columns are, in this order: Boot, Delete, Start, Stop, SoftReboot, HardReboot, Pause, Unpause, Snapshot,
    /// ConsoleOutput, AttachInterface, DetachInterface; Suspend, Resume, Rebuild, Resize, ConfirmResize, RevertResize, Rescue, Unrescue.
    /// </summary>
    private static IEnumerable<(InstancePhase Phase, VerbAnswer[] Answers)> Rows()
    {
        var frozen = Wrong("The instance is paused; unpause it, stop it, or reboot it hard.");
        var asleep = Wrong("The instance is suspended; resume it, stop it, or reboot it hard.");
        var stopped = Wrong("The instance is stopped; start it first.");
        var rescued = Wrong("The instance is rescued; unrescue it or stop it first.");
        var notRescued = Wrong("The instance is not rescued.");
        var notSuspended = Wrong("The instance is not suspended.");
        var faulty = Wrong("The instance is in error; start it, which makes its container anew where it has none, or delete it.");

        yield return (Absent, All(Unknown, (InstanceVerb.Boot, Begins)));
        yield return (Building, UnderWay());
        yield return (Active, [
            Exists, Begins, IsDone, Begins, Begins, Begins, Begins, IsDone, Begins, Reads, Begins, Begins,
            Begins, IsDone, Begins, Begins, Begins, Begins, Begins, notRescued]);
        yield return (Paused, [
            Exists, Begins, frozen, Begins, frozen, Begins, IsDone, Begins, Begins, Reads, Begins, Begins,
            frozen, notSuspended, frozen, frozen, Begins, frozen, frozen, notRescued]);
        yield return (Stopped, [
            Exists, Begins, Begins, IsDone, stopped, Begins, stopped, stopped, Begins, Reads, Begins, Begins,
            stopped, Begins, Begins, Begins, Begins, Begins, Begins, notRescued]);
        yield return (Starting, UnderWay((InstanceVerb.Start, Joins)));
        yield return (Stopping, UnderWay((InstanceVerb.Stop, Joins)));
        yield return (Rebooting, UnderWay());
        yield return (Pausing, UnderWay((InstanceVerb.Pause, Joins)));
        yield return (Unpausing, UnderWay((InstanceVerb.Unpause, Joins)));
        yield return (Snapshotting, UnderWay());
        yield return (Error, [
            Exists, Begins, Begins, WithContainer, faulty, Begins, faulty, faulty, faulty, Reads, faulty, faulty,
            faulty, faulty, Begins, faulty, Begins, faulty, WithContainer, notRescued]);
        yield return (Deleting, All(Leaving, (InstanceVerb.Boot, Exists), (InstanceVerb.Delete, Joins)));
        yield return (Deleted, All(Gone, (InstanceVerb.Boot, Again), (InstanceVerb.Delete, IsDone)));
        yield return (Restarting, UnderWay(
            (InstanceVerb.Start, Begins), (InstanceVerb.Stop, WithContainer), (InstanceVerb.HardReboot, Begins),
            (InstanceVerb.Resume, WithContainer)));
        yield return (Attaching, UnderWay());
        yield return (Detaching, UnderWay());
        yield return (Repairing, UnderWay(
            (InstanceVerb.Start, IsDone), (InstanceVerb.Stop, Begins), (InstanceVerb.SoftReboot, Begins),
            (InstanceVerb.HardReboot, Begins), (InstanceVerb.Pause, Begins), (InstanceVerb.Unpause, IsDone),
            (InstanceVerb.Suspend, Begins), (InstanceVerb.Resume, IsDone)));
        yield return (Suspended, [
            Exists, Begins, asleep, Begins, asleep, Begins, asleep, asleep, Begins, Reads, Begins, Begins,
            IsDone, Begins, asleep, asleep, Begins, asleep, asleep, notRescued]);
        yield return (Suspending, UnderWay((InstanceVerb.Suspend, Joins)));
        yield return (Resuming, UnderWay((InstanceVerb.Resume, Joins)));
        yield return (Rebuilding, UnderWay());
        yield return (Resizing, UnderWay());
        yield return (Rescued, [
            Exists, Begins, rescued, Begins, rescued, rescued, rescued, rescued, rescued, Reads, rescued, rescued,
            rescued, rescued, rescued, rescued, Begins, rescued, IsDone, Begins]);
        yield return (Rescuing, UnderWay((InstanceVerb.Rescue, Joins)));
        yield return (Unrescuing, UnderWay((InstanceVerb.Unrescue, Joins)));
    }

    /// <summary>A row of which most say the same.</summary>
    private static VerbAnswer[] All(VerbAnswer most, params (InstanceVerb Verb, VerbAnswer Answer)[] others) =>
        [.. Columns.Select(verb => others.FirstOrDefault(other => other.Verb == verb).Answer ?? most)];

    /// <summary>The row of a phase in which an operation is under way, that only a deletion takes the place of.</summary>
    private static VerbAnswer[] UnderWay(params (InstanceVerb Verb, VerbAnswer Answer)[] others) => All(
        Busy,
        [(InstanceVerb.Boot, Exists), (InstanceVerb.Delete, Begins), (InstanceVerb.ConsoleOutput, Reads), .. others]);
}
