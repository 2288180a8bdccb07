using NovaDocker.Actors.Docker;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Testing;
using NovaDocker.Wire.Client;

namespace NovaDocker.Cluster.Tests.Matrix;

/// <summary>
/// One case of the matrix: an instance of its own, which is asked one verb, and the fault that one of the calls made for
/// it meets. It counts the calls made for its instance alone, so that many cases may share a host.
/// </summary>
internal sealed class MatrixCase(string name, Scenario scenario, FakeContainerEngine engine)
{
    /// <summary>How much longer a call takes than until its step was sent again: time for a second one, which there must not be.</summary>
    private static readonly TimeSpan AfterResend = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private readonly List<MatrixCall> _calls = [];
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<int, MatrixCall, EngineFault?>? _faults;
    private Action? _again;
    private bool _isKept;
    private Overdue? _overdue;
    private CasePorts? _ports;
    private int _happenedBefore;

    public string Name => name;

    public Scenario Scenario => scenario;

    public InstanceId Id { get; } = CommanderIds.NewInstanceId();

    /// <summary>The request that the verb is asked with.</summary>
    public string RequestId { get; } = CommanderIds.NewRequestId();

    /// <summary>Its network and its ports: of its own, so that whose call it is can be told by the bridge and the device.</summary>
    public CasePorts Ports => _ports ??= new CasePorts(Id);

    /// <summary>The image it is booted from.</summary>
    public ImageId Image { get; set; }

    /// <summary>The image that it is rebuilt of, or rescued by.</summary>
    public ImageId OtherImage { get; set; }

    /// <summary>The fault it meets; null for none.</summary>
    public FaultKind? Fault { get; init; }

    /// <summary>Which of the calls meets it, counted from 1.</summary>
    public int At { get; init; }

    /// <summary>Completes when a call has come to where <see cref="Stay"/> keeps it.</summary>
    public Task Reached => _reached.Task;

    /// <summary>True once a call was kept by <see cref="ResendAsync"/> and its step sent a second time.</summary>
    public bool WasResent { get; private set; }

    /// <summary>A call that came while another one was kept by <see cref="ResendAsync"/>; null for none.</summary>
    public MatrixCall? Overlapping { get; private set; }

    /// <summary>The calls since it was armed.</summary>
    public IReadOnlyList<MatrixCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    /// <summary>What has happened to its containers since it was armed: <c>create</c>, <c>start</c>, <c>die</c>, …</summary>
    public IReadOnlyList<string> Happened => [.. HappenedSoFar().Skip(_happenedBefore)];

    /// <summary>Its container, as the Engine has it.</summary>
    public ContainerSnapshot? Container => engine.Containers.SingleOrDefault(IsMine);

    /// <summary>The Engine that it lives on.</summary>
    public FakeContainerEngine Engine => engine;

    /// <summary>Counts calls from now on, and lets them meet faults: by the number of the call, and the call.</summary>
    public void Arm(Func<int, MatrixCall, EngineFault?> faults)
    {
        lock (_gate)
        {
            _calls.Clear();
            _happenedBefore = HappenedSoFar().Count();
            _faults = faults;
        }
    }

    /// <summary>Counts calls from now on, and lets those meet the case's fault that it is meant for.</summary>
    public void ArmForFault() =>
        Arm((number, call) => Fault is { } fault && Meets(fault, number, call) ? fault.Make(this) : null);

    /// <summary>Lets no further call meet anything; what stays goes on, and what is overdue in the Engine is carried out.</summary>
    public async Task DisarmAsync()
    {
        Overdue? overdue;
        lock (_gate)
        {
            (overdue, _overdue) = (_overdue, null);
            _faults = null;
        }

        if (_reached.Task.IsCompleted)
            _released.TrySetResult();
        if (overdue is not null)
            await overdue.CarryOutAsync();
    }

    /// <summary>What a call for this instance meets.</summary>
    public EngineFault? Next(MatrixCall call)
    {
        lock (_gate)
        {
            if (_faults is not { } faults)
                return null;
            _calls.Add(call);
            if (_isKept)
                Overlapping ??= call;
            if (_overdue is not { } overdue || !call.Call.Changes())
                return faults(_calls.Count, call);
            _overdue = null;
            return new EngineFault(Before: _ => overdue.CarryOutAsync());
        }
    }

    /// <summary>
    /// Gives a call up and has the Engine carry it out all the same, right before the next call for this instance that
    /// changes anything: between that one's look and its deed.
    /// </summary>
    /// <param name="answer">What the caller gets instead.</param>
    public EngineFault Postpone(Func<CancellationToken, Task> answer)
    {
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new EngineFault(Before: _ => due.Task)
        {
            Abandoned = (going, cancellationToken) =>
            {
                lock (_gate)
                    _overdue = new Overdue(due, going);
                return answer(cancellationToken);
            },
        };
    }

    /// <summary>Keeps a call where it is until it is called off, or the case is disarmed.</summary>
    public Task Stay(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _released.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Keeps a call where it is while its step is sent to the host once more, and a little longer.</summary>
    public async Task ResendAsync(CancellationToken cancellationToken)
    {
        Action? again;
        lock (_gate)
            (again, _isKept) = (_again, true);
        again?.Invoke();
        try
        {
            await Task.Delay(AfterResend, cancellationToken);
        }
        finally
        {
            lock (_gate)
                (WasResent, _isKept) = (again is not null, false);
        }
    }

    /// <summary>Notes what sends the step that the host is being sent once more.</summary>
    public void NoteSent(Action again)
    {
        lock (_gate)
            _again = again;
    }

    /// <inheritdoc/>
    public override string ToString() => name;

    private bool Meets(FaultKind fault, int number, MatrixCall call) => fault switch
    {
        { Lasts: false } => number == At,
        { IsOfAllCalls: true } => number >= At,
        _ => number >= At && call.IsLike(Calls[At - 1]),
    };

    private IEnumerable<string> HappenedSoFar() =>
        from happened in engine.History
        where MatrixRun.OwnerOf(happened.Labels) == Id.ToString()
        select MatrixRun.SandboxOf(happened.Labels) is not null ? $"sandbox {happened.Action}"
            : MatrixRun.RescueOf(happened.Labels) is not null ? $"rescue {happened.Action}"
            : happened.Action;

    private bool IsMine(ContainerSnapshot container) => MatrixRun.InstanceOf(container.Labels) == Id.ToString();

    private sealed record Overdue(TaskCompletionSource Due, Task Going)
    {
        public async Task CarryOutAsync()
        {
            Due.TrySetResult();
            await Going.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
