using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;
using NovaDocker.Domain.Tests.Scenarios;
using static NovaDocker.Domain.Instances.InstanceProtocol;

namespace NovaDocker.Domain.Tests.Instances;

/// <summary>
/// Every event in every phase, and in every standing of an operation: what it makes of the state, or that it cannot have
/// happened there.
/// </summary>
public sealed class ApplyMatrixTests
{
    // Where each event leads; '-' for nowhere, '=' for where it was, 'lands' for where its header says.
    private const string ByPhase = """
        phase         BootRequested  SnapshotRequested  DeleteRequested  PowerChangeRequested  CommandAnswered  StepStarted  StepCompleted  StepFailed  UnwindStarted  OperationCompleted  OperationFailed  OperationCancelled  WorkResumed  ContainerExited  ContainerLost  RestartRequested  RestartGivenUp  ContainerDrifted  HealthChanged  AttachRequested  DetachRequested  RepairRequested  VifsBroken  SandboxLost  RebuildRequested  ResizeRequested  RescueRequested
        Absent        Building       -                  -                -                     -                -            -              -           -              -                   -                -                   -            -                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Building      -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Active        -              Snapshotting       Deleting         Stopping              =                -            -              -           -              -                   -                -                   -            Stopped          Error          Restarting        =               =                 =              Attaching        Detaching        Repairing        =           =            Rebuilding        Resizing         Rescuing
        Paused        -              Snapshotting       Deleting         Stopping              =                -            -              -           -              -                   -                -                   -            Stopped          Error          Restarting        =               =                 -              Attaching        Detaching        -                =           =            -                 -                -
        Stopped       -              Snapshotting       Deleting         Stopping              =                -            -              -           -              -                   -                -                   -            =                Error          Restarting        =               =                 -              Attaching        Detaching        -                =           =            Rebuilding        Resizing         Rescuing
        Starting      -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Stopping      -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Rebooting     -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Pausing       -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Unpausing     -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Snapshotting  -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Error         -              -                  Deleting         Stopping              =                -            -              -           -              -                   -                -                   -            -                -              Restarting        =               =                 -              -                -                -                =           =            Rebuilding        -                Rescuing
        Deleting      -              -                  -                -                     =                =            =              =           =              lands               lands            =                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Deleted       Building       -                  -                -                     =                -            -              -           -              -                   -                -                   -            -                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Restarting    -              -                  Deleting         Stopping              =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Attaching     -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Detaching     -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Repairing     -              -                  Deleting         Stopping              =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Suspended     -              Snapshotting       Deleting         Stopping              =                -            -              -           -              -                   -                -                   -            Stopped          Error          Restarting        =               =                 -              Attaching        Detaching        -                =           =            -                 -                -
        Suspending    -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Resuming      -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Rebuilding    -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Resizing      -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Rescued       -              -                  Deleting         Stopping              =                -            -              -           -              -                   -                -                   -            -                -              Restarting        =               =                 -              -                -                -                =           =            -                 -                -
        Rescuing      -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        Unrescuing    -              -                  Deleting         -                     =                =            =              =           =              lands               lands            -                   =            =                -              -                 -               -                 -              -                -                -                -           -            -                 -                -
        """;

    // Which events may follow while an operation stands so; those not named do not depend on it.
    private const string ByStanding = """
        standing       StepStarted  StepCompleted  StepFailed  UnwindStarted  OperationCompleted  OperationFailed  WorkResumed
        Due            yes          -              -           -              -                   -                yes
        Running        -            yes            yes         -              -                   -                yes
        AwaitingRetry  yes          -              -           -              -                   -                yes
        GivenUp        -            -              -           yes            -                   yes              yes
        AllDone        -            -              -           -              yes                 -                -
        TakenBack      -            -              -           -              -                   yes              -
        """;

    private static readonly LiteralTable<InstancePhase> Phases = LiteralTable<InstancePhase>.Parse(ByPhase);

    private static readonly LiteralTable<Standing> Standings = LiteralTable<Standing>.Parse(ByStanding);

    private static readonly OperationId Alien = new(new Guid("eeeeeeee-0000-0000-0000-000000000000"));

    public enum Standing
    {
        Due,
        Running,
        AwaitingRetry,
        GivenUp,
        AllDone,
        TakenBack,
    }

    public static TheoryData<InstancePhase, string> EveryPhaseAndEvent() => Pairs(Phases);

    public static TheoryData<Standing, string> EveryStandingAndEvent() => Pairs(Standings);

    [Fact]
    public void Every_phase_has_a_row_and_every_event_a_column()
    {
        var events = typeof(InstanceProtocol).GetNestedTypes()
            .Where(type => type.IsSubclassOf(typeof(InstanceEvent)) && !type.IsAbstract)
            .Select(type => type.Name);

        Assert.Equal(Enum.GetValues<InstancePhase>(), Phases.Rows);
        Assert.Equal(events.Order(StringComparer.Ordinal), Phases.Columns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_standing_of_a_step_has_a_row() =>
        Assert.All(Enum.GetNames<StepStatus>(), name => Assert.Contains(Enum.Parse<Standing>(name), Standings.Rows));

    [Theory]
    [MemberData(nameof(EveryPhaseAndEvent))]
    public void An_event_leads_where_the_table_says_or_nowhere(InstancePhase phase, string name)
    {
        var expected = Phases[phase, name];
        var candidates = InEveryStanding(phase).Select(scenario => (scenario, Make(name, scenario))).ToList();

        if (expected == "-")
        {
            Assert.All(candidates, c => AssertCannotFollow(c.scenario, c.Item2));
            return;
        }

        var followed = candidates.Where(c => CanFollow(c.scenario, c.Item2)).ToList();
        Assert.NotEmpty(followed);
        Assert.All(followed, c =>
        {
            var after = c.scenario.State.Apply(c.Item2);
            Assert.Equal(
                expected switch { "=" => phase, "lands" => InstancePhase.Stopped, _ => Enum.Parse<InstancePhase>(expected) },
                after.Phase);
            Assert.Equal(c.scenario.State.Revision + 1, after.Revision);
        });
    }

    [Theory]
    [MemberData(nameof(EveryStandingAndEvent))]
    public void An_event_of_an_operation_follows_only_where_the_operation_stands_so(Standing standing, string name)
    {
        var scenario = In(Given.Snapshotting().CutTo(Given.Active().History.Count + 1), standing);
        var candidate = Make(name, scenario);

        if (Standings[standing, name] == "yes")
            Assert.Equal(scenario.State.Revision + 1, scenario.State.Apply(candidate).Revision);
        else
            AssertCannotFollow(scenario, candidate);
    }

    [Theory]
    [MemberData(nameof(EveryStandingAndEvent))]
    public void An_event_of_another_operation_never_follows(Standing standing, string name)
    {
        var scenario = In(Given.Snapshotting().CutTo(Given.Active().History.Count + 1), standing);

        AssertCannotFollow(scenario, Make(name, scenario, Alien));
    }

    [Fact]
    public void An_event_of_another_step_never_follows()
    {
        var due = Given.Building().CutTo(1);
        var running = Given.Building();
        var id = due.Operation.Id;
        var header = running.Header(InstancePhase.Building);

        AssertCannotFollow(due, new StepStarted(header, id, StepKind.RemoveContainer, 1));
        AssertCannotFollow(running, new StepCompleted(header, id, StepKind.EnsureImage, 1, new StepResult.Done()));
        AssertCannotFollow(running, new StepFailed(header, id, StepKind.EnsureImage, 1, Sample.Lasting, null));
        AssertCannotFollow(running, new WorkResumed(header, id, StepKind.EnsureImage, 1));
    }

    [Theory]
    [InlineData(InstancePhase.Absent)]
    [InlineData(InstancePhase.Building)]
    [InlineData(InstancePhase.Deleting)]
    public void An_operation_does_not_end_in_a_phase_in_which_nothing_rests(InstancePhase phase)
    {
        var done = In(Given.Building().CutTo(1), Standing.AllDone);
        var failed = In(Given.Building().CutTo(1), Standing.TakenBack);

        AssertCannotFollow(done, new OperationCompleted(done.Header(phase), done.Operation.Id, InstanceVerb.Boot));
        AssertCannotFollow(
            failed, new OperationFailed(failed.Header(phase), failed.Operation.Id, InstanceVerb.Boot, Sample.Lasting));
    }

    [Fact]
    public void A_deletion_is_not_its_own_cancellation()
    {
        var deleting = Given.Deleting();

        AssertCannotFollow(deleting, new OperationCancelled(
            deleting.Header(InstancePhase.Deleting), deleting.Operation.Id, InstanceVerb.Delete));
    }

    [Fact]
    public void Anything_that_begins_may_have_called_off_a_restart_and_only_a_deletion_anything_else()
    {
        var starting = Given.Starting();
        var header = starting.Header(InstancePhase.Starting);

        Assert.Equal(InstancePhase.Starting, starting.With(new OperationCancelled(header, Alien, InstanceVerb.Restart)).Phase);
        AssertCannotFollow(starting, new OperationCancelled(header, Alien, InstanceVerb.Snapshot));
    }

    [Theory]
    [InlineData(InstancePhase.Active, "Paused Restarted Renamed")]
    [InlineData(InstancePhase.Paused, "Unpaused Restarted Renamed")]
    [InlineData(InstancePhase.Stopped, "Started Renamed")]
    [InlineData(InstancePhase.Error, "Renamed")]
    [InlineData(InstancePhase.Suspended, "Unpaused Restarted Renamed")]
    [InlineData(InstancePhase.Rescued, "Renamed")]
    [InlineData(InstancePhase.Snapshotting, "")]
    [InlineData(InstancePhase.Deleted, "")]
    public void A_drift_follows_only_where_it_can_have_happened(InstancePhase phase, string kinds)
    {
        var scenario = Given.In(phase);

        var possible = Enum.GetValues<DriftKind>().Where(kind => CanFollow(
            scenario, new ContainerDrifted(scenario.Header(phase), Sample.ContainerId, kind, scenario.Now, "nova-1")));

        Assert.Equal(
            kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            possible.Select(kind => kind.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_journal_that_cannot_be_is_named_by_event_and_phase()
    {
        var exception = Assert.Throws<CorruptJournalException>(() => Given.Deleted().With(
            new ContainerLost(Given.Deleted().Header(InstancePhase.Error), Sample.ContainerId)));

        Assert.Contains("ContainerLost", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Deleted", exception.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Scenario> InEveryStanding(InstancePhase phase)
    {
        var scenario = Given.In(phase);
        if (scenario.State is not InstanceState.Working { Operation.Id: var id })
            return [scenario];
        var begun = scenario.History.ToList().FindIndex(e => e is OperationRequest request && request.OperationId == id);
        return Enum.GetValues<Standing>().Select(standing => In(scenario.CutTo(begun + 1), standing));
    }

    // From a request alone, by events: no decision would stop in these places.
    private static Scenario In(Scenario requested, Standing standing)
    {
        Scenario Running() => Next(requested, "StepStarted");
        Scenario GivenUp() => Next(Running(), "StepFailed");
        switch (standing)
        {
            case Standing.Due:
                return requested;
            case Standing.Running:
                return Running();
            case Standing.AwaitingRetry:
                var failed = (StepFailed)Make("StepFailed", Running());
                return Running().With(failed with { RetryAt = Sample.After(1000) });
            case Standing.GivenUp:
                return GivenUp();
            default:
                var scenario = standing == Standing.AllDone ? requested : Next(GivenUp(), "UnwindStarted");
                while (scenario.Operation.CurrentStep is not null)
                    scenario = Next(Next(scenario, "StepStarted"), "StepCompleted");
                return scenario;
        }
    }

    private static Scenario Next(Scenario scenario, string name) => scenario.With(Make(name, scenario));

    /// <summary>An event as well made for the state as there can be one, so that nothing but its kind is wrong.</summary>
    private static InstanceEvent Make(string name, Scenario scenario, OperationId? of = null)
    {
        var operation = (scenario.State as InstanceState.Working)?.Operation;
        var id = of ?? operation?.Id ?? Alien;
        var verb = operation?.Verb ?? InstanceVerb.Stop;
        var step = operation?.CurrentStep ?? StepKind.StopContainer;
        var header = scenario.Header(name.StartsWith("Operation", StringComparison.Ordinal) ? InstancePhase.Stopped : scenario.Phase);
        EquatableArray<StepKind> steps = [StepKind.StopContainer];
        return name switch
        {
            nameof(BootRequested) => new BootRequested(header, Alien, steps, Sample.Spec, Sample.Image),
            nameof(SnapshotRequested) => new SnapshotRequested(header, Alien, steps, Sample.Target),
            nameof(DeleteRequested) => new DeleteRequested(header, Alien, steps, null),
            nameof(PowerChangeRequested) => new PowerChangeRequested(header, Alien, steps, InstanceVerb.Stop),
            nameof(CommandAnswered) => new CommandAnswered(header, InstanceVerb.Stop, new AlreadyDone(Sample.Id)),
            nameof(StepStarted) => new StepStarted(header, id, step, 1),
            nameof(StepCompleted) => new StepCompleted(header, id, step, 1, Sample.ResultOf(step, scenario.Now)),
            nameof(StepFailed) => new StepFailed(header, id, step, 1, Sample.Lasting, null),
            nameof(UnwindStarted) => new UnwindStarted(header, id, verb, Sample.Lasting, [StepKind.RemoveContainer]),
            nameof(OperationCompleted) => new OperationCompleted(header, id, verb),
            nameof(OperationFailed) => new OperationFailed(header, id, verb, Sample.Lasting),
            nameof(OperationCancelled) => new OperationCancelled(header, Alien, InstanceVerb.Stop),
            nameof(WorkResumed) => new WorkResumed(header, id, step, 1),
            nameof(ContainerExited) => new ContainerExited(
                header, Sample.ContainerId, new ContainerExit(scenario.Now, scenario.Now, 1, OutOfMemory: false)),
            nameof(ContainerLost) => new ContainerLost(header, Sample.ContainerId),
            nameof(ContainerDrifted) => new ContainerDrifted(
                header, Sample.ContainerId, DriftKind.Renamed, scenario.Now, "another-name"),
            nameof(HealthChanged) => new HealthChanged(header, Sample.ContainerId, HealthStatus.Healthy),
            nameof(RestartRequested) => new RestartRequested(
                header, Alien, [StepKind.StartContainer], RestartCause.Exited, 1, scenario.Now),
            nameof(RestartGivenUp) => new RestartGivenUp(header, RestartCause.Exited, 1),
            nameof(AttachRequested) => new AttachRequested(header, Alien, steps, PortSample.Third),
            nameof(DetachRequested) => new DetachRequested(header, Alien, steps, PortSample.First.Id),
            nameof(RepairRequested) => new RepairRequested(header, Alien, steps),
            nameof(VifsBroken) => new VifsBroken(header, PortSample.Problems(PortSample.First)),
            nameof(RebuildRequested) => new RebuildRequested(header, Alien, steps, Sample.OtherSpec, Sample.OtherImage),
            nameof(ResizeRequested) => new ResizeRequested(header, Alien, steps, Sample.Larger),
            nameof(RescueRequested) => new RescueRequested(header, Alien, steps, Sample.RescueImage),
            nameof(SandboxLost) => new SandboxLost(header, PortSample.SandboxId, IsRemoved: false),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No sample of this event."),
        };
    }

    private static bool CanFollow(Scenario scenario, InstanceEvent candidate)
    {
        try
        {
            scenario.State.Apply(candidate);
            return true;
        }
        catch (CorruptJournalException)
        {
            return false;
        }
    }

    private static void AssertCannotFollow(Scenario scenario, InstanceEvent candidate) =>
        Assert.Throws<CorruptJournalException>(() => scenario.State.Apply(candidate));

    private static TheoryData<TRow, string> Pairs<TRow>(LiteralTable<TRow> table)
        where TRow : struct, Enum
    {
        var pairs = new TheoryData<TRow, string>();
        foreach (var row in table.Rows)
        {
            foreach (var column in table.Columns)
                pairs.Add(row, column);
        }

        return pairs;
    }
}
