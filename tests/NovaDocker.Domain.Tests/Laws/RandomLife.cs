using CsCheck;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Laws;

/// <summary>What happens next in a random life.</summary>
internal enum Happening
{
    Verb,
    StepDone,
    StepDoneAndProcessEnded,
    StepFailsForNow,
    StepFailsForGood,
    StepFindsNothing,
    LateResult,
    LateFailure,
    RetryDue,
    LateRetry,
    Restart,
    Exit,
    ExitOfAnotherRun,
    ExitOfAnotherContainer,
    Loss,
    LossOfAnotherContainer,
}

/// <summary>One move of a random life.</summary>
/// <param name="What">What happens.</param>
/// <param name="Verb">What is asked, where something is asked.</param>
/// <param name="Number">Which request, which late token, which run.</param>
internal sealed record Move(Happening What, InstanceVerb Verb, int Number);

/// <summary>Lives of instances in which everything happens in any order: wishes, results, failures, repetitions, crashes.</summary>
internal static class RandomLife
{
    private static readonly Gen<Happening> Happenings = Gen.Frequency(
        (6, Gen.Const(Happening.Verb)),
        (12, Gen.Const(Happening.StepDone)),
        (6, Gen.OneOfConst(Enum.GetValues<Happening>())));

    private static readonly Gen<InstanceVerb> Verbs = Gen.OneOfConst(
        [.. Enum.GetValues<InstanceVerb>().Where(verb => verb != InstanceVerb.ConsoleOutput)]);

    private static readonly Gen<Move> Moves =
        Gen.Select(Happenings, Verbs, Gen.Int[0, 20], (what, verb, number) => new Move(what, verb, number));

    /// <summary>The moves behind an accepted boot.</summary>
    public static readonly Gen<Move[]> Any = Moves.Array[0, 40];

    /// <summary>The life from its beginning; the laws of every decision are checked on the way.</summary>
    public static Scenario Live(IEnumerable<Move> moves) =>
        moves.Aggregate(Given.Building(), (life, move) => life.When(CommandFor(life, move)).After);

    public static IInstanceCommand CommandFor(Scenario life, Move move)
    {
        var token = life.State is InstanceState.Working ? life.Token : new FencingToken(life.State.Revision, Guid.Empty);
        var late = new FencingToken(move.Number % token.Revision, Guid.Empty);
        return move.What switch
        {
            Happening.Verb => Ask(move),
            Happening.StepDone => new RecordStepCompleted(Sample.Id, token, Result(life)),
            Happening.StepDoneAndProcessEnded => new RecordStepCompleted(Sample.Id, token, Ended(Result(life))),
            Happening.StepFailsForNow => new RecordStepFailed(Sample.Id, token, Sample.Passing),
            Happening.StepFailsForGood => new RecordStepFailed(Sample.Id, token, Sample.Lasting),
            Happening.StepFindsNothing => new RecordStepFailed(Sample.Id, token, Sample.Missing),
            Happening.LateResult => new RecordStepCompleted(Sample.Id, late, new StepResult.Done()),
            Happening.LateFailure => new RecordStepFailed(Sample.Id, late, Sample.Lasting),
            Happening.RetryDue => new RetryStep(Sample.Id, token.Revision),
            Happening.LateRetry => new RetryStep(Sample.Id, late.Revision),
            Happening.Restart => Commands.Resume(),
            Happening.Exit => Commands.Exited(Exit(life, life.Facts.RunStartedAt ?? life.Now)),
            Happening.ExitOfAnotherRun => Commands.Exited(Exit(life, Sample.After(move.Number))),
            Happening.ExitOfAnotherContainer => Commands.Exited(Exit(life, life.Now), "another"),
            Happening.Loss => Commands.Lost(),
            Happening.LossOfAnotherContainer => Commands.Lost("another"),
            _ => throw new ArgumentOutOfRangeException(nameof(move), move, "Nothing known happens."),
        };
    }

    private static VerbCommand Ask(Move move)
    {
        var command = Commands.Of(move.Verb, $"req-{move.Number}");
        return command is Snapshot snapshot ? snapshot with { Target = Target(move.Number) } : command;
    }

    private static SnapshotTarget Target(int number) =>
        new(new ImageId(new Guid(number + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), $"snapshot-{number}", PauseContainer: false);

    private static StepResult Result(Scenario life) =>
        life.State is InstanceState.Working { Operation.CurrentStep: { } step }
            ? Sample.ResultOf(step, life.Now)
            : new StepResult.Done();

    private static StepResult Ended(StepResult result) => result is StepResult.ContainerStarted started
        ? started with { Exit = new ContainerExit(started.RunStartedAt, started.RunStartedAt, 1, OutOfMemory: true) }
        : result;

    private static ContainerExit Exit(Scenario life, DateTimeOffset run) => new(run, life.Now, 1, OutOfMemory: false);
}
