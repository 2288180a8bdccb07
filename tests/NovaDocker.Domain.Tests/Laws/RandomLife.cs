using CsCheck;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using NovaDocker.Domain.Vifs;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Laws;

/// <summary>What happens next in a random life.</summary>
internal enum Happening
{
    Verb,
    WorkGoesOn,
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
    EngineRestart,
    SeenRunning,
    SeenPaused,
    SeenInAnotherRun,
    SeenEnded,
    SeenRenamed,
    SeenHealth,
    PortsComeLoose,
    SandboxEnds,
    AnotherSandboxEnds,
    PortsTold,
    WayBack,
}

/// <summary>One move of a random life.</summary>
/// <param name="What">What happens.</param>
/// <param name="Verb">What is asked, where something is asked.</param>
/// <param name="Number">Which request, which late token, which run, how fresh a look.</param>
internal sealed record Move(Happening What, InstanceVerb Verb, int Number)
{
    /// <summary>True where the instance is to live once more if it was deleted.</summary>
    public bool IsOfAnotherLife => What == Happening.Verb && Verb == InstanceVerb.Boot && Number % 2 == 0;
}

/// <summary>A life to be lived.</summary>
/// <param name="Upkeep">What the instance does by itself to stay up.</param>
/// <param name="Ports">How many ports it is booted with.</param>
/// <param name="Terms">How it is booted.</param>
/// <param name="Moves">What happens behind its accepted boot.</param>
internal sealed record Plot(UpkeepPolicy Upkeep, int Ports, OperationTerms Terms, Move[] Moves);

/// <summary>
/// Lives of instances in which everything happens in any order: wishes, results, failures, repetitions, crashes, and what
/// others do to the container and the Engine.
/// </summary>
internal static class RandomLife
{
    private static readonly Gen<Happening> Happenings = Gen.Frequency(
        (6, Gen.Const(Happening.Verb)),
        (12, Gen.Const(Happening.WorkGoesOn)),
        (2, Gen.Const(Happening.Exit)),
        (2, Gen.Const(Happening.WayBack)),
        (1, Gen.Const(Happening.PortsComeLoose)),
        (1, Gen.Const(Happening.SandboxEnds)),
        (8, Gen.OneOfConst(Enum.GetValues<Happening>())));

    private static readonly Gen<InstanceVerb> Verbs = Gen.OneOfConst(
        [.. Enum.GetValues<InstanceVerb>().Where(verb => verb
            is not (InstanceVerb.ConsoleOutput or InstanceVerb.Restart or InstanceVerb.Repair))]);

    private static readonly Gen<Move> Moves =
        Gen.Select(Happenings, Verbs, Gen.Int[0, 20], (what, verb, number) => new Move(what, verb, number));

    private static readonly Gen<UpkeepPolicy> Policies = Gen.Select(
        Gen.OneOfConst(Enum.GetValues<RestartMode>()), Gen.Int[0, 2], Gen.OneOfConst(Enum.GetValues<UnhealthyAction>()),
        Gen.OneOfConst(Enum.GetValues<LostAction>()),
        (mode, most, unhealthy, lost) => new UpkeepPolicy(
            new RestartPolicy(mode, mode == RestartMode.OnFailure ? most : 0), unhealthy, lost));

    private static readonly Gen<OperationTerms> Terms = Gen.OneOfConst(
        OperationTerms.Usual, TermsOf(3), TermsOf(4), TermsOf(5), TermsOf(6));

    /// <summary>Any life of an instance.</summary>
    public static readonly Gen<Plot> Any = With(Policies);

    /// <summary>Any life under one of these policies.</summary>
    public static Gen<Plot> With(Gen<UpkeepPolicy> policies) =>
        Gen.Select(policies, Gen.Int[0, 2], Terms, Moves.Array[0, 40], (upkeep, ports, terms, moves) => new Plot(upkeep, ports, terms, moves));

    /// <summary>The life before anything happens: its boot was accepted.</summary>
    public static Scenario Begin(Plot plot)
    {
        var boot = Commands.BootWithPorts([.. Enumerable.Range(0, plot.Ports).Select(PortOf)]);
        return Given.Nothing().After(boot with { Spec = boot.Spec with { Upkeep = plot.Upkeep }, Terms = plot.Terms });
    }

    /// <summary>The life from its beginning; the laws of every decision are checked on the way.</summary>
    public static Scenario Live(Plot plot) =>
        plot.Moves.Aggregate(Begin(plot), (life, move) => life.When(CommandFor(life, move)).After);

    public static IInstanceCommand CommandFor(Scenario life, Move move)
    {
        var token = life.State is InstanceState.Working ? life.Token : new FencingToken(life.State.Revision, Guid.Empty);
        var late = new FencingToken(move.Number % token.Revision, Guid.Empty);
        return move.What switch
        {
            Happening.Verb => Ask(move),
            Happening.WayBack => Ask(move with { Verb = BackFrom(life.Phase) }),
            Happening.WorkGoesOn when InstanceWork.Outstanding(life.State) is InstanceWork.AwaitRetry retry =>
                new RetryStep(Sample.Id, retry.Revision),
            Happening.WorkGoesOn => new RecordStepCompleted(Sample.Id, token, Result(life)),
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
            Happening.ExitOfAnotherRun => Commands.Exited(Exit(life, Before(life, move.Number))),
            Happening.ExitOfAnotherContainer => Commands.Exited(Exit(life, life.Now), "another"),
            Happening.Loss => Commands.Lost(),
            Happening.LossOfAnotherContainer => Commands.Lost("another"),
            Happening.EngineRestart => Commands.EngineRestarted(),
            Happening.PortsComeLoose => Commands.Broken(PortOf(move.Number), PortOf(move.Number + 1)),
            Happening.SandboxEnds => Commands.SandboxLost(move.Number % 3 == 0 ? null : life.Facts.SandboxStartedAt),
            Happening.AnotherSandboxEnds => move.Number % 2 == 0
                ? Commands.SandboxLost(Before(life, move.Number)) : Commands.SandboxLost(id: "another"),
            Happening.PortsTold => Commands.Told(Enum.GetValues<VifPluggingOutcome>()[move.Number % 3], request: $"req-{move.Number}"),
            _ => Commands.Seen(Look(life, move), AskedAt(life, move.Number)),
        };
    }

    /// <summary>What leads on from where few verbs do, so that lives get further than chance alone would take them.</summary>
    private static InstanceVerb BackFrom(InstancePhase phase) => phase switch
    {
        InstancePhase.Paused => InstanceVerb.Unpause,
        InstancePhase.Suspended => InstanceVerb.Resume,
        InstancePhase.Rescued => InstanceVerb.Unrescue,
        InstancePhase.Stopped => InstanceVerb.Start,
        _ => InstanceVerb.RevertResize,
    };

    private static ContainerSighting Look(Scenario life, Move move)
    {
        var asBelieved = life.Sighting() with { Exit = null };
        return move.What switch
        {
            Happening.SeenRunning => asBelieved with { Condition = ContainerCondition.Running },
            Happening.SeenPaused => asBelieved with { Condition = ContainerCondition.Paused },
            Happening.SeenInAnotherRun => asBelieved with
            {
                Condition = move.Number % 2 == 0 ? ContainerCondition.Running : ContainerCondition.Paused,
                RunStartedAt = life.Now,
            },
            Happening.SeenEnded => asBelieved with
            {
                Condition = ContainerCondition.Ended,
                Name = move.Number % 2 == 0 ? asBelieved.Name : "mine",
                Exit = Exit(life, life.Facts.RunStartedAt ?? life.Now),
            },
            Happening.SeenRenamed => asBelieved with
            {
                Name = move.Number % 2 == 0 ? ContainerDrift.NameOf(Sample.Id) : "mine",
            },
            Happening.SeenHealth => asBelieved with
            {
                Condition = ContainerCondition.Running,
                Health = Enum.GetValues<HealthStatus>()[move.Number % 3],
            },
            _ => throw new ArgumentOutOfRangeException(nameof(move), move, "Nothing known happens."),
        };
    }

    // No run that ended is one that begins later.
    private static DateTimeOffset Before(Scenario life, int number) => Sample.After(number % life.History.Count);

    private static long? AskedAt(Scenario life, int number) => (number % 5) switch
    {
        0 => null,
        1 => life.State.Revision - 1,
        _ => life.State.Revision,
    };

    private static VerbCommand Ask(Move move)
    {
        var command = Commands.Of(move.Verb, $"req-{move.Number}");
        return command switch
        {
            Snapshot snapshot => snapshot with { Target = Target(move.Number) },
            AttachInterface attach => attach with { Vif = PortOf(move.Number) },
            DetachInterface detach => detach with { Port = PortOf(move.Number).Id },
            Boot boot => boot with
            {
                IsAgain = move.IsOfAnotherLife,
                Spec = boot.Spec with { Vifs = [.. Enumerable.Range(0, move.Number % 3).Select(PortOf)] },
                Terms = TermsOf(move.Number, isBoot: true),
            },
            Rebuild or Resize or RevertResize => command with { Terms = TermsOf(move.Number) },
            Stop when move.Number % 2 == 0 => command with { Terms = new OperationTerms { Grace = TimeSpan.FromSeconds(move.Number) } },
            _ => command,
        };
    }

    private static OperationTerms TermsOf(int number, bool isBoot = false) => (number % 7) switch
    {
        2 when isBoot => new OperationTerms { MustStayUp = true },
        3 => new OperationTerms { LeavesStopped = true },
        4 => new OperationTerms { AwaitVifs = Sample.Wait },
        5 => new OperationTerms { AwaitVifs = Sample.Wait with { IsFatal = false }, Grace = TimeSpan.FromSeconds(number) },
        6 => new OperationTerms { AwaitVifs = Sample.Wait, LeavesStopped = true },
        _ => OperationTerms.Usual,
    };

    // Few, so that the same ports come and go.
    private static Vif PortOf(int number) => PortSample.Numbered((number % 5) + 1);

    private static SnapshotTarget Target(int number) =>
        new(new ImageId(new Guid(number + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), $"snapshot-{number}", PauseContainer: false);

    private static StepResult Result(Scenario life) =>
        life.State is InstanceState.Working { Operation.CurrentStep: { } step }
            ? ResultOf(life, step)
            : new StepResult.Done();

    private static StepResult ResultOf(Scenario life, StepKind step) =>
        step is StepKind.CreateSandbox or StepKind.PlugVifs ? life.ResultOf(step) : Sample.ResultOf(step, life.Now);

    private static StepResult Ended(StepResult result) => result is StepResult.ContainerStarted started
        ? started with { Exit = new ContainerExit(started.RunStartedAt, started.RunStartedAt, 1, OutOfMemory: true) }
        : result;

    private static ContainerExit Exit(Scenario life, DateTimeOffset run) => new(run, life.Now, 1, OutOfMemory: false);
}
