using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Testing;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>What is to become of a verb whose call met a fault.</summary>
internal enum Consequence
{
    /// <summary>It passes: the verb is carried out, and nothing is done twice.</summary>
    Passes,

    /// <summary>It does not pass: the step is given up with the reason, and what was made is taken back.</summary>
    IsGivenUp,

    /// <summary>The container's process ends by itself; the verb goes on, and the end is told.</summary>
    ProcessEnds,
}

/// <summary>A way in which a call can go wrong. What the Engine's calls fail with becomes, at one of the network's, what those fail with.</summary>
/// <param name="Name">What a failing case is called by.</param>
/// <param name="Consequence">What it leads to.</param>
/// <param name="Reason">Why the step fails in the history; null where it does not fail.</param>
/// <param name="Make">What a call meets.</param>
internal sealed record FaultKind(
    string Name, Consequence Consequence, FaultCode? Reason, Func<MatrixCase, EngineFault> Make)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(60);

    /// <summary>How long the answer to a question takes.</summary>
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(3300);

    /// <summary>Every kind but the slow ones.</summary>
    public static readonly IReadOnlyList<FaultKind> All =
    [
        Passing("unreachable", FaultCode.Unavailable, _ => new EngineFault(Before: Fails(EngineErrorKind.Unavailable))),
        Passing("500", FaultCode.Transient, _ => new EngineFault(Before: Fails(EngineErrorKind.Transient))),
        Passing("hung", FaultCode.TimedOut, _ => new EngineFault(Before: Hangs)),
        Losing("answer lost", FaultCode.Unavailable, Fails(EngineErrorKind.Unavailable)),
        Losing("500 after the work", FaultCode.Transient, Fails(EngineErrorKind.Transient)),
        Losing("hung after the work", FaultCode.TimedOut, Hangs),
        Passing("hung, done late", FaultCode.TimedOut, at => at.Postpone(Hangs)) with { Meets = MatrixCalls.Changes },
        Passing("half a stream, then broken", FaultCode.Transient, _ => Half(
            new EngineException(EngineErrorKind.Transient, "Save image: the answer broke off."))) with { Meets = IsSave },
        Passing("half a stream, then its end", FaultCode.Transient, _ => Half(null)) with { Meets = IsSave },
        Refusing("400", FaultCode.Invalid, EngineErrorKind.Invalid, _ => true),
        Refusing("409", FaultCode.Conflict, EngineErrorKind.Conflict, MatrixCalls.MayConflict),
        Refusing("404", FaultCode.NotFound, EngineErrorKind.NotFound, MatrixCalls.NeedsItsSubject),
        Lasting("unreachable for ever", FaultCode.Unavailable, EngineErrorKind.Unavailable),
        Lasting("500 for ever", FaultCode.Transient, EngineErrorKind.Transient),
        Lasting("409 for ever", FaultCode.Conflict, EngineErrorKind.Conflict) with { Meets = MatrixCalls.MayConflict },
        Lasting("404 for ever", FaultCode.NotFound, EngineErrorKind.NotFound) with { Meets = MatrixCalls.NeedsItsSubject },
        new("hung for ever", Consequence.IsGivenUp, FaultCode.TimedOut, _ => new EngineFault(Before: Hangs)) { Lasts = true },
        Lasting("answer lost for ever", FaultCode.Unavailable, null),
        Lasting("Engine gone", FaultCode.Unavailable, EngineErrorKind.Unavailable) with { IsOfAllCalls = true },
        new("process ends", Consequence.ProcessEnds, null, at => new EngineFault(Before: _ => EndProcess(at))),
        new("process ends, answer lost", Consequence.ProcessEnds, FaultCode.Unavailable, at => new EngineFault(
            After: async token =>
            {
                await EndProcess(at);
                await Fails(EngineErrorKind.Unavailable)(token);
            })),
    ];

    /// <summary>Calls that take so long that their step is sent again; they go on once it was.</summary>
    public static readonly IReadOnlyList<FaultKind> Slow =
    [
        Passing("slow", null, at => new EngineFault(Before: at.ResendAsync)) with { IsSentAgain = true },
        Passing("slow to answer", null, at => new EngineFault(After: at.ResendAsync)) with { IsSentAgain = true },
    ];

    /// <summary>Calls that are slow where there is no step to be sent again: those of a question.</summary>
    public static readonly IReadOnlyList<FaultKind> SlowQuestions =
    [
        Passing("slow", null, _ => new EngineFault(Before: Delays)),
        Passing("slow to answer", null, _ => new EngineFault(After: Delays)),
    ];

    /// <summary>Calls that stay where they are, for something else to happen meanwhile.</summary>
    public static readonly IReadOnlyList<FaultKind> Stays =
    [
        Passing("stays before the work", null, at => new EngineFault(Before: at.Stay)),
        Passing("stays after the work", null, at => new EngineFault(After: at.Stay)) with { IsAfterTheWork = true },
        Passing("stays, done later", null, at => at.Postpone(at.Stay)) with { Meets = MatrixCalls.Changes, IsLater = true },
    ];

    /// <summary>Which calls it can befall.</summary>
    public Func<CallKind, bool> Meets { get; init; } = _ => true;

    /// <summary>True where the work was done, and the caller does not know.</summary>
    public bool IsAfterTheWork { get; init; }

    /// <summary>True where the step comes a second time while the call is under way.</summary>
    public bool IsSentAgain { get; init; }

    /// <summary>True where the Engine will do the work when nobody waits for it any more.</summary>
    public bool IsLater { get; init; }

    /// <summary>True befalls every later call of the same kind, too, until it is taken away.</summary>
    public bool Lasts { get; init; }

    /// <summary>True befalls later calls of any kind.</summary>
    public bool IsOfAllCalls { get; init; }

    /// <summary>
    /// Why the step fails in the history; null where it does not. A name that is taken by nothing that can be seen will
    /// be free, and what a call did not find need not be the container; a sandbox that is gone is made again.
    /// </summary>
    public FaultCode? ReasonAt(MatrixCall at) => (Reason, at.Call.Engine) switch
    {
        (FaultCode.Conflict, EngineCall.CreateContainer or EngineCall.RemoveVolume) => FaultCode.Transient,
        // A rescue container that has gone is made again in the same way as one whose image has.
        (FaultCode.NotFound, EngineCall.StartContainer) when at.IsOfRescue => Lasts ? FaultCode.NotFound : null,
        // That its image has gone is no failure of a container that is made: the image is brought again within the step.
        (FaultCode.NotFound, EngineCall.CreateContainer) when !Lasts => null,
        (FaultCode.NotFound, EngineCall.StartContainer) when at.IsOfSandbox => FaultCode.Transient,
        (FaultCode.NotFound, not (EngineCall.CreateContainer or EngineCall.SaveImage)) => FaultCode.Invalid,
        _ => Reason,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static FaultKind Passing(string name, FaultCode? reason, Func<MatrixCase, EngineFault> make) =>
        new(name, Consequence.Passes, reason, make);

    private static FaultKind Losing(string name, FaultCode reason, Func<CancellationToken, Task> after) =>
        Passing(name, reason, _ => new EngineFault(After: after)) with { IsAfterTheWork = true };

    private static FaultKind Refusing(string name, FaultCode reason, EngineErrorKind kind, Func<CallKind, bool> meets) =>
        new(name, Consequence.IsGivenUp, reason, _ => new EngineFault(Before: Fails(kind))) { Meets = meets };

    private static FaultKind Lasting(string name, FaultCode reason, EngineErrorKind? before) => new(
        name, Consequence.IsGivenUp, reason,
        _ => before is { } kind
            ? new EngineFault(Before: Fails(kind))
            : new EngineFault(After: Fails(EngineErrorKind.Unavailable)))
    {
        Lasts = true,
    };

    private static Func<CancellationToken, Task> Fails(EngineErrorKind kind) =>
        _ => Task.FromException(new EngineException(kind, $"{kind} by order."));

    /// <summary>As the adapter has it: no answer until its deadline.</summary>
    private static async Task Hangs(CancellationToken cancellationToken)
    {
        await Task.Delay(Deadline, cancellationToken);
        throw new EngineException(EngineErrorKind.TimedOut, "No answer, by order.");
    }

    private static Task Delays(CancellationToken cancellationToken) => Task.Delay(Slowness, cancellationToken);

    private static EngineFault Half(Exception? error) =>
        new() { SavedThrough = archive => new BrokenStream(archive, archive.Length / 2, error) };

    private static bool IsSave(CallKind call) => call == EngineCall.SaveImage;

    private static Task EndProcess(MatrixCase at)
    {
        if (at.Container is { } container)
            at.Engine.Exit(container.Id, exitCode: 9);
        return Task.CompletedTask;
    }
}
