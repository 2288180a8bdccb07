using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Instances;

/// <summary>
/// Every verb in every phase. The table below is written down a second time on purpose: <see cref="VerbTable"/> cannot
/// change without somebody saying here that it is meant to.
/// </summary>
public sealed class VerbMatrixTests
{
    private const string Expected = """
        phase         Boot    Delete   Start    Stop       SoftReboot  HardReboot  Pause    Unpause  Snapshot  ConsoleOutput  AttachInterface  DetachInterface  Suspend  Resume     Rebuild  Resize   ConfirmResize  RevertResize  Rescue     Unrescue
        Absent        begins  unknown  unknown  unknown    unknown     unknown     unknown  unknown  unknown   unknown        unknown          unknown          unknown  unknown    unknown  unknown  unknown        unknown       unknown    unknown
        Building      exists  begins   busy     busy       busy        busy        busy     busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       busy
        Active        exists  begins   done     begins     begins      begins      begins   done     begins    reads          begins           begins           begins   done       begins   begins   begins         begins        begins     wrong
        Paused        exists  begins   wrong    begins     wrong       begins      done     begins   begins    reads          begins           begins           wrong    wrong      wrong    wrong    begins         wrong         wrong      wrong
        Stopped       exists  begins   begins   done       wrong       begins      wrong    wrong    begins    reads          begins           begins           wrong    begins     begins   begins   begins         begins        begins     wrong
        Starting      exists  begins   joins    busy       busy        busy        busy     busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       busy
        Stopping      exists  begins   busy     joins      busy        busy        busy     busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       busy
        Rebooting     exists  begins   busy     busy       busy        busy        busy     busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       busy
        Pausing       exists  begins   busy     busy       busy        busy        joins    busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       busy
        Unpausing     exists  begins   busy     busy       busy        busy        busy     joins    busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       busy
        Snapshotting  exists  begins   busy     busy       busy        busy        busy     busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       busy
        Error         exists  begins   begins   container  wrong       begins      wrong    wrong    wrong     reads          wrong            wrong            wrong    wrong      begins   wrong    begins         wrong         container  wrong
        Deleting      exists  joins    wrong    wrong      wrong       wrong       wrong    wrong    wrong     wrong          wrong            wrong            wrong    wrong      wrong    wrong    wrong          wrong         wrong      wrong
        Deleted       again   done     wrong    wrong      wrong       wrong       wrong    wrong    wrong     wrong          wrong            wrong            wrong    wrong      wrong    wrong    wrong          wrong         wrong      wrong
        Restarting    exists  begins   begins   container  busy        begins      busy     busy     busy      reads          busy             busy             busy     container  busy     busy     busy           busy          busy       busy
        Attaching     exists  begins   busy     busy       busy        busy        busy     busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       busy
        Detaching     exists  begins   busy     busy       busy        busy        busy     busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       busy
        Repairing     exists  begins   done     begins     begins      begins      begins   done     busy      reads          busy             busy             begins   done       busy     busy     busy           busy          busy       busy
        Suspended     exists  begins   wrong    begins     wrong       begins      wrong    wrong    begins    reads          begins           begins           done     begins     wrong    wrong    begins         wrong         wrong      wrong
        Suspending    exists  begins   busy     busy       busy        busy        busy     busy     busy      reads          busy             busy             joins    busy       busy     busy     busy           busy          busy       busy
        Resuming      exists  begins   busy     busy       busy        busy        busy     busy     busy      reads          busy             busy             busy     joins      busy     busy     busy           busy          busy       busy
        Rebuilding    exists  begins   busy     busy       busy        busy        busy     busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       busy
        Resizing      exists  begins   busy     busy       busy        busy        busy     busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       busy
        Rescued       exists  begins   wrong    begins     wrong       wrong       wrong    wrong    wrong     reads          wrong            wrong            wrong    wrong      wrong    wrong    begins         wrong         done       begins
        Rescuing      exists  begins   busy     busy       busy        busy        busy     busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          joins      busy
        Unrescuing    exists  begins   busy     busy       busy        busy        busy     busy     busy      reads          busy             busy             busy     busy       busy     busy     busy           busy          busy       joins
        """;

    private static readonly LiteralTable<InstancePhase> Table = LiteralTable<InstancePhase>.Parse(Expected);

    public static TheoryData<InstancePhase, InstanceVerb> EveryPair => PairsOf(VerbTable.Verbs);

    /// <summary>Without the console: that is a question to the instance's actor, and the table alone says whether it is answered.</summary>
    public static TheoryData<InstancePhase, InstanceVerb> EveryDecision =>
        PairsOf(VerbTable.Verbs.Where(verb => verb != InstanceVerb.ConsoleOutput));

    [Fact]
    public void Every_phase_has_a_row_and_every_verb_a_column()
    {
        Assert.Equal(Enum.GetValues<InstancePhase>(), Table.Rows);
        Assert.Equal(Enum.GetNames<InstanceVerb>().Except([nameof(InstanceVerb.Restart), nameof(InstanceVerb.Repair)]), Table.Columns);
        Assert.Equal(Table.Columns, VerbTable.Verbs.Select(verb => verb.ToString()));
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void The_table_of_the_code_says_what_is_expected(InstancePhase phase, InstanceVerb verb) =>
        Assert.Equal(Table[phase, verb.ToString()], WordFor(VerbTable.Answer(phase, verb)));

    [Theory]
    [MemberData(nameof(EveryDecision))]
    public void The_decision_is_what_is_expected(InstancePhase phase, InstanceVerb verb)
    {
        var expected = Table[phase, verb.ToString()];
        CheckDecision(Past(phase, verb, expected), verb, expected);
    }

    [Fact]
    public void A_container_makes_the_difference_to_what_needs_one()
    {
        CheckBegins(Given.ErrorWithContainer(), InstanceVerb.Stop);
        CheckBegins(Given.Restarting(), InstanceVerb.Stop);
        CheckBegins(Given.Restarting(), InstanceVerb.Resume);
        CheckBegins(Given.ErrorWithContainer(), InstanceVerb.Rescue);
    }

    private static TheoryData<InstancePhase, InstanceVerb> PairsOf(IEnumerable<InstanceVerb> verbs)
    {
        var pairs = new TheoryData<InstancePhase, InstanceVerb>();
        foreach (var phase in Enum.GetValues<InstancePhase>())
        {
            foreach (var verb in verbs)
                pairs.Add(phase, verb);
        }

        return pairs;
    }

    private static void CheckDecision(Scenario scenario, InstanceVerb verb, string expected)
    {
        switch (expected)
        {
            case "begins":
                CheckBegins(scenario, verb);
                break;
            case "unknown":
                scenario.When(Commands.Of(verb)).ThenNothing().Replies(new NotFound(Sample.Id));
                break;
            case "done":
                CheckAnswered(scenario, verb).Replies(new AlreadyDone(Sample.Id));
                break;
            case "joins":
                CheckAnswered(scenario, verb).RepliesAccepted();
                break;
            case "again":
                CheckAnswered(scenario, verb).RepliesRefused(RefusalCode.AlreadyExists);
                scenario.When(Commands.BootAgain()).RepliesAccepted().In(InstancePhase.Building);
                break;
            case "exists":
                CheckAnswered(scenario, verb).RepliesRefused(RefusalCode.AlreadyExists);
                break;
            case "busy":
                CheckAnswered(scenario, verb).RepliesRefused(RefusalCode.Busy);
                break;
            case "wrong":
                CheckAnswered(scenario, verb).RepliesRefused(RefusalCode.WrongState);
                break;
            case "container":
                CheckAnswered(scenario, verb).RepliesRefused(RefusalCode.NoContainer);
                break;
            default:
                Assert.Fail($"'{expected}' is not a word of the table.");
                break;
        }
    }

    private static void CheckBegins(Scenario scenario, InstanceVerb verb)
    {
        if (verb == InstanceVerb.ConfirmResize)
        {
            CheckEndsAtOnce(scenario);
            return;
        }

        var outcome = scenario.When(Commands.Of(verb)).RepliesAccepted().In(OperationPlan.For(verb).During);

        Assert.Equal(verb, Assert.IsAssignableFrom<OperationRequest>(outcome.Decision.Events[0]).Verb);
        Assert.IsType<InstanceWork.RunStep>(InstanceWork.Outstanding(outcome.After.State));
    }

    // There is nothing to be done for it, so nobody sees it under way.
    private static void CheckEndsAtOnce(Scenario scenario)
    {
        var outcome = scenario.When(Commands.ConfirmResize()).In(scenario.Phase).Then(
            Event.PowerChangeRequested(InstanceVerb.ConfirmResize), Event.OperationCompleted(InstanceVerb.ConfirmResize));
        Assert.IsType<Accepted>(outcome.Reply);
    }

    private static Outcome CheckAnswered(Scenario scenario, InstanceVerb verb)
    {
        var outcome = scenario.When(Commands.Of(verb)).In(scenario.Phase);
        return outcome.Then(Event.Answered(verb, outcome.Reply!));
    }

    /// <summary>Ports come to, and go from, an instance that has some; what was resized can be confirmed and taken back.</summary>
    private static Scenario Past(InstancePhase phase, InstanceVerb verb, string expected) => verb switch
    {
        InstanceVerb.AttachInterface or InstanceVerb.DetachInterface => GivenPorts.In(phase),
        InstanceVerb.ConfirmResize or InstanceVerb.RevertResize => Given.ResizedIn(phase),
        _ => expected == "container" ? WithoutContainer(phase) : Given.In(phase),
    };

    private static Scenario WithoutContainer(InstancePhase phase) => phase switch
    {
        InstancePhase.Error => Given.Error(),
        InstancePhase.Restarting => Given.Recreating(),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "There is a container in this phase."),
    };

    private static string WordFor(VerbAnswer answer) => answer switch
    {
        VerbAnswer.Begins => "begins",
        VerbAnswer.BeginsWithContainer => "container",
        VerbAnswer.BeginsAgain => "again",
        VerbAnswer.Done => "done",
        VerbAnswer.Joins => "joins",
        VerbAnswer.Reads => "reads",
        VerbAnswer.Unknown => "unknown",
        VerbAnswer.Refuses { Code: RefusalCode.AlreadyExists } => "exists",
        VerbAnswer.Refuses { Code: RefusalCode.Busy } => "busy",
        VerbAnswer.Refuses { Code: RefusalCode.WrongState } => "wrong",
        _ => answer.ToString(),
    };
}
