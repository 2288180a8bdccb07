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
/// verbs are allowed where follows Nova (<c>nova/compute/api.py</c>, <c>check_instance_state</c>).
/// </summary>
public static class VerbTable
{
    private static readonly InstanceVerb[] Columns =
        [.. Enum.GetValues<InstanceVerb>().Where(verb => verb is not (InstanceVerb.Restart or InstanceVerb.Repair))];

    private static readonly VerbAnswer Begins = new VerbAnswer.Begins();
    private static readonly VerbAnswer WithContainer = new VerbAnswer.BeginsWithContainer();
    private static readonly VerbAnswer IsDone = new VerbAnswer.Done();
    private static readonly VerbAnswer Joins = new VerbAnswer.Joins();
    private static readonly VerbAnswer Reads = new VerbAnswer.Reads();
    private static readonly VerbAnswer Unknown = new VerbAnswer.Unknown();

    private static readonly VerbAnswer Exists = new VerbAnswer.Refuses(
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
        VerbAnswer.Done => "done",
        VerbAnswer.Joins => "joins",
        VerbAnswer.Reads => "reads",
        VerbAnswer.Unknown => "not found",
        VerbAnswer.Refuses refuses => $"*{refuses.Code}*",
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "Not an answer of the table."),
    };

    private static VerbAnswer.Refuses Wrong(string reason) => new(RefusalCode.WrongState, reason);

    private static IEnumerable<(InstancePhase Phase, VerbAnswer[] Answers)> Rows()
    {
        var frozen = Wrong("The instance is paused; unpause it, or reboot it hard.");
        var stopped = Wrong("The instance is stopped; start it first.");
        var faulty = Wrong("The instance is in error; start it, which makes its container anew where it has none, or delete it.");

        //                    Boot    Delete  Start          Stop           SoftReboot HardReboot     Pause   Unpause Snapshot Console Attach Detach
        yield return (Absent, [Begins, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown]);
        yield return (Building, [Exists, Begins, Busy, Busy, Busy, Busy, Busy, Busy, Busy, Reads, Busy, Busy]);
        yield return (Active, [Exists, Begins, IsDone, Begins, Begins, Begins, Begins, IsDone, Begins, Reads, Begins, Begins]);
        yield return (Paused, [Exists, Begins, frozen, frozen, frozen, Begins, IsDone, Begins, Begins, Reads, Begins, Begins]);
        yield return (Stopped, [Exists, Begins, Begins, IsDone, stopped, Begins, stopped, stopped, Begins, Reads, Begins, Begins]);
        yield return (Starting, [Exists, Begins, Joins, Busy, Busy, Busy, Busy, Busy, Busy, Reads, Busy, Busy]);
        yield return (Stopping, [Exists, Begins, Busy, Joins, Busy, Busy, Busy, Busy, Busy, Reads, Busy, Busy]);
        yield return (Rebooting, [Exists, Begins, Busy, Busy, Busy, Busy, Busy, Busy, Busy, Reads, Busy, Busy]);
        yield return (Pausing, [Exists, Begins, Busy, Busy, Busy, Busy, Joins, Busy, Busy, Reads, Busy, Busy]);
        yield return (Unpausing, [Exists, Begins, Busy, Busy, Busy, Busy, Busy, Joins, Busy, Reads, Busy, Busy]);
        yield return (Snapshotting, [Exists, Begins, Busy, Busy, Busy, Busy, Busy, Busy, Busy, Reads, Busy, Busy]);
        yield return (Error, [Exists, Begins, Begins, WithContainer, faulty, Begins, faulty, faulty, faulty, Reads, faulty, faulty]);
        yield return (Deleting, [Exists, Joins, Leaving, Leaving, Leaving, Leaving, Leaving, Leaving, Leaving, Leaving, Leaving, Leaving]);
        yield return (Deleted, [Exists, IsDone, Gone, Gone, Gone, Gone, Gone, Gone, Gone, Gone, Gone, Gone]);
        yield return (Restarting, [Exists, Begins, Begins, WithContainer, Busy, Begins, Busy, Busy, Busy, Reads, Busy, Busy]);
        yield return (Attaching, [Exists, Begins, Busy, Busy, Busy, Busy, Busy, Busy, Busy, Reads, Busy, Busy]);
        yield return (Detaching, [Exists, Begins, Busy, Busy, Busy, Busy, Busy, Busy, Busy, Reads, Busy, Busy]);
        yield return (Repairing, [Exists, Begins, IsDone, Begins, Begins, Begins, Begins, IsDone, Busy, Reads, Busy, Busy]);
    }
}
