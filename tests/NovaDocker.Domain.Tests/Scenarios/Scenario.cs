using NovaDocker.Domain.Audit;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Scenarios;

/// <summary>An instance with a past: the events given, and nothing else. Every step yields a new one.</summary>
internal sealed class Scenario
{
    private static readonly Guid Writer = new("99999999-0000-0000-0000-000000000000");

    private readonly TimeSpan _spent;

    public Scenario(IReadOnlyList<InstanceEvent> history, TimeSpan spent = default)
    {
        _spent = spent;
        History = history;
        State = InstanceReplay.Fold(history);
    }

    public IReadOnlyList<InstanceEvent> History { get; }

    public InstanceState State { get; }

    public InstancePhase Phase => State.Phase;

    public InstanceFacts Facts => ((InstanceState.Existing)State).Facts;

    public Operation Operation => ((InstanceState.Working)State).Operation;

    /// <summary>The time at which the next command arrives.</summary>
    public DateTimeOffset Now => Sample.After(History.Count) + _spent;

    /// <summary>The right to carry out the step under way.</summary>
    public FencingToken Token => new(Operation.IntentRevision, Writer);

    public RecordStepCompleted StepDone(StepResult? result = null) =>
        new(Sample.Id, Token, result ?? ResultOf(Operation.CurrentStep!.Value));

    public RecordStepFailed StepFailed(Fault fault) => new(Sample.Id, Token, fault);

    public RetryStep RetryDue() => new(Sample.Id, Operation.IntentRevision);

    /// <summary>What the host answers when a step goes well now. A sandbox that runs stays; all ports that are concerned get plugged.</summary>
    public StepResult ResultOf(StepKind step) => step switch
    {
        StepKind.CreateSandbox when Facts.SandboxStartedAt is { } started =>
            new StepResult.SandboxReady(Facts.SandboxId!, started, Adopted: true),
        StepKind.PlugVifs => PortSample.Plugged(PortSample.Concerned(Facts.Ports, Operation.Port)),
        _ => Sample.ResultOf(step, RunAt(step)),
    };

    /// <summary>How the present run of the container ends now.</summary>
    public ContainerExit ExitOfThisRun(int exitCode = 1) =>
        new(Facts.RunStartedAt!.Value, Now, exitCode, OutOfMemory: false);

    /// <summary>What a look at the container shows where all is as the instance believes.</summary>
    public ContainerSighting Sighting(HealthStatus? health = null) => new(
        Sample.ContainerId,
        Facts.ContainerAlias ?? ContainerDrift.NameOf(Sample.Id),
        Phase switch
        {
            InstancePhase.Stopped or InstancePhase.Rescued => ContainerCondition.Ended,
            InstancePhase.Paused or InstancePhase.Suspended => ContainerCondition.Paused,
            _ => ContainerCondition.Running,
        },
        Facts.RunStartedAt,
        Facts.CurrentExit,
        health);

    public Decision Decide(IInstanceCommand command) =>
        InstanceDecider.Decide(State, command, new DecisionContext(Now, NextCommandId(), Sample.Policies));

    /// <summary>The command is decided on; what comes of it is looked at.</summary>
    public Outcome When(IInstanceCommand command) => new(this, command, Decide(command));

    /// <summary>The instance has asked for a look, and this is what it shows.</summary>
    public Outcome WhenSeen(ContainerSighting sighting) => When(Commands.Seen(sighting, State.Revision));

    public Outcome WhenStepCompletes(StepResult? result = null) => When(StepDone(result));

    public Outcome WhenStepFails(Fault fault) => When(StepFailed(fault));

    /// <summary>The command belongs to the past: the scenario goes on behind it.</summary>
    public Scenario After(IInstanceCommand command) => With([.. Decide(command).Events]);

    public Scenario AfterSeen(ContainerSighting sighting) => After(Commands.Seen(sighting, State.Revision));

    /// <summary>Time passes in which nothing happens.</summary>
    public Scenario After(TimeSpan time) => new(History, _spent + time);

    public Scenario AfterStepCompletes(StepResult? result = null) => After(StepDone(result));

    public Scenario AfterStepFails(Fault fault) => After(StepFailed(fault));

    /// <summary>The steps are done, one by one, until the one named is under way.</summary>
    public Scenario Until(StepKind step)
    {
        var scenario = this;
        while (scenario.Operation.CurrentStep != step)
        {
            var next = scenario.AfterStepCompletes();
            Assert.True(next.State is InstanceState.Working && next.State != scenario.State, $"{step} never comes: {scenario.State}");
            scenario = next;
        }

        return scenario;
    }

    /// <summary>What is owed is done until nothing is: each step succeeds, each retry comes.</summary>
    public Scenario UntilAtRest()
    {
        var scenario = this;
        for (var moves = 0; scenario.State is InstanceState.Working; moves++)
        {
            Assert.True(moves < 100, $"The operation does not end: {scenario.State}");
            scenario = InstanceWork.Outstanding(scenario.State) switch
            {
                InstanceWork.RunStep => scenario.AfterStepCompletes(),
                InstanceWork.AwaitRetry retry => scenario.After(new RetryStep(Sample.Id, retry.Revision)),
                _ => scenario.After(Commands.Resume()),
            };
        }

        return scenario;
    }

    /// <summary>The step under way fails in a way that may pass, until it is given up.</summary>
    public Scenario AfterStepIsGivenUp() => AfterStepFails(Sample.Lasting);

    /// <summary>The past ended after so many events: what a crash in the middle of a write leaves.</summary>
    public Scenario CutTo(int events) => new([.. History.Take(events)], _spent);

    public Scenario With(params InstanceEvent[] events) => new([.. History, .. events], _spent);

    /// <summary>A header as the decider would give it, for events put into the past by hand.</summary>
    public EventHeader Header(InstancePhase after) => new(
        NextCommandId(), NextCommandId(), Sample.Id, Now, new RequestContext("req-by-hand", Sample.User), Sample.Host,
        Phase, after);

    // A stop ends the run that is known; a start begins one now.
    private DateTimeOffset RunAt(StepKind step) =>
        step is StepKind.StopContainer or StepKind.KillContainer ? Facts.RunStartedAt ?? Now : Now;

    // The last byte is left free: the ids of a decision's events differ in it.
    private Guid NextCommandId() => new(History.Count + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
