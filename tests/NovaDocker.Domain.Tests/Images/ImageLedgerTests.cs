using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;
using static NovaDocker.Domain.Images.ImageLedgerEvents;

namespace NovaDocker.Domain.Tests.Images;

/// <summary>What a ledger takes down of what it is told.</summary>
public sealed class ImageLedgerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ImageId Image = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly InstanceId Instance = InstanceId.Parse("11111111-2222-3333-4444-555555555555");
    private static readonly RequestContext Request = new("req-1", new Initiator("user", "project", "novadocker"));
    private static readonly StepResult.ImageReady Moved = new("sha256:a", "sha512:b", 42, "store");
    private static readonly StepResult.ImageReady Found = new("sha256:a", "", 0, "engine");
    private static readonly Fault Away = new(FaultCode.Unavailable, "The store is away.");

    private ImageLedgerState _state = ImageLedgerState.Empty;
    private DateTimeOffset _now = Noon;
    private int _ids;

    [Fact]
    public void A_load_is_taken_down_with_whom_it_was_for()
    {
        var loaded = (Loaded)Assert.Single(Ready(Moved, LoadCause.Of(Instance)));

        Assert.Equal(("busybox", 42L, "store", Instance), (loaded.Header.Name, loaded.Bytes, loaded.Source, loaded.Cause.Instance!.Value));
        Assert.Equal((Noon, Noon), (_state.Images[Image].LoadedAt, _state.Images[Image].LastUsed));
    }

    [Fact]
    public void An_image_that_was_there_is_taken_down_once()
    {
        Assert.Single(Ready(Found, LoadCause.Of(Instance)));

        Assert.Empty(Ready(Found, LoadCause.Of(Instance)));
        Assert.Single(Ready(Found with { EngineImageId = "sha256:other" }, LoadCause.Of(Instance)));
    }

    [Fact]
    public void A_pull_is_accepted_once_and_ends_with_the_image()
    {
        Assert.IsType<PullRequested>(Assert.Single(Pull(Request)));
        Assert.Empty(Pull(Request));
        Assert.Equal(Image, _state.Pulls["req-1"].ImageId);

        Ready(Moved, LoadCause.Of(Request));

        Assert.Empty(_state.Pulls);
        Assert.Null(_state.EndedPulls["req-1"].Fault);
        Assert.Empty(Pull(Request));
    }

    [Fact]
    public void A_pull_ends_also_where_the_image_is_known_and_there()
    {
        Ready(Found, LoadCause.Of(Instance));
        Pull(Request);

        Assert.Single(Ready(Found, LoadCause.Of(Request)));

        Assert.Empty(_state.Pulls);
    }

    [Fact]
    public void A_failure_ends_every_pull_of_the_image_with_its_reason()
    {
        Pull(Request);
        Pull(Request with { RequestId = "req-2" });

        Assert.Equal(_now.AddSeconds(2), ((LoadFailed)Assert.Single(Failed(Away, _now.AddSeconds(2)))).RetryAt);

        Assert.Empty(_state.Pulls);
        Assert.All(["req-1", "req-2"], id => Assert.Equal(Away, _state.EndedPulls[id].Fault));
    }

    [Fact]
    public void What_was_called_off_is_no_failure() => Assert.Empty(Failed(new Fault(FaultCode.Cancelled, "Off."), null));

    [Fact]
    public void Of_ended_pulls_the_last_are_remembered()
    {
        for (var i = 0; i < ImageLedgerState.RememberedPulls + 1; i++)
        {
            Pull(Request with { RequestId = $"req-{i}" });
            Ready(Moved, LoadCause.Of(Request));
        }

        Assert.Equal(ImageLedgerState.RememberedPulls, _state.EndedPulls.Count);
        Assert.DoesNotContain("req-0", _state.EndedPulls.Keys);
    }

    [Fact]
    public void Uses_are_noted_when_they_begin_and_end_and_once_an_hour_at_most()
    {
        Ready(Moved, LoadCause.Of(Instance));
        _now = Noon.AddMinutes(5);
        Assert.True(((UseChanged)Assert.Single(See(isUsed: true))).InUse);
        Assert.Empty(See(isUsed: true));

        _now = Noon.AddMinutes(30);
        Assert.Empty(See(isUsed: false));
        _now = Noon.AddMinutes(66);
        Assert.False(((UseChanged)Assert.Single(See(isUsed: false))).InUse);

        Assert.Equal(_now, _state.Images[Image].LastUsed);
    }

    [Fact]
    public void What_somebody_removed_has_vanished()
    {
        Ready(Moved, LoadCause.Of(Instance));

        Assert.IsType<Vanished>(Assert.Single(See(isUsed: false, isPresent: false)));

        Assert.Empty(_state.Images);
        Assert.Empty(See(isUsed: false, isPresent: false));
    }

    [Fact]
    public void A_look_that_is_older_than_the_ledger_says_nothing()
    {
        var before = _state.Revision;
        Ready(Moved, LoadCause.Of(Instance));

        Assert.Empty(ImageLedger.OnSeen(_state, new HashSet<ImageId>(), new HashSet<ImageId>(), before, Now()));
    }

    [Fact]
    public void A_collection_is_announced_and_ends_with_the_image_gone()
    {
        Ready(Moved, LoadCause.Of(Instance));

        Assert.Equal(7, ((CollectionBegun)Assert.Single(Collect())).Bytes);
        Assert.Equal((CollectReason.Age, 7L), ((Collected)Assert.Single(End(null))) is var gone ? (gone.Reason, gone.Bytes) : default);

        Assert.Empty(_state.Images);
    }

    [Fact]
    public void What_was_not_let_go_is_still_there()
    {
        Ready(Moved, LoadCause.Of(Instance));
        Collect();

        Assert.IsType<CollectionFailed>(Assert.Single(End(new Fault(FaultCode.Conflict, "In use."))));

        Assert.Null(_state.Images[Image].Collecting);
        Assert.Empty(End(null));
    }

    [Fact]
    public void What_is_missing_after_a_kill_in_the_middle_of_its_collection_was_collected()
    {
        Ready(Moved, LoadCause.Of(Instance));
        Collect();

        var collected = (Collected)Assert.Single(See(isUsed: false, isPresent: false));

        Assert.Equal((CollectReason.Age, 7L), (collected.Reason, collected.Bytes));
    }

    private EquatableArray<LedgerEvent> Pull(RequestContext request) =>
        Apply(ImageLedger.OnPull(_state, Image, "busybox", request, Now()));

    private EquatableArray<LedgerEvent> Ready(StepResult.ImageReady ready, LoadCause cause) =>
        Apply(ImageLedger.OnReady(_state, Image, "busybox", ready, cause, Now()));

    private EquatableArray<LedgerEvent> Failed(Fault fault, DateTimeOffset? retryAt) =>
        Apply(ImageLedger.OnFailed(_state, Image, "busybox", fault, retryAt, LoadCause.Of(Request), Now()));

    private EquatableArray<LedgerEvent> See(bool isUsed, bool isPresent = true) => Apply(ImageLedger.OnSeen(
        _state, isPresent ? new HashSet<ImageId> { Image } : [], isUsed ? new HashSet<ImageId> { Image } : [], _state.Revision, Now()));

    private EquatableArray<LedgerEvent> Collect() => Apply(ImageLedger.OnCollecting(
        _state,
        [new ImageVerdict(new ImageStanding(Image, "busybox", "sha256:a", 7, Noon, Noon), CollectReason.Age, 7, "Old.")],
        Now()));

    private EquatableArray<LedgerEvent> End(Fault? fault) => Apply(ImageLedger.OnCollectionEnded(_state, Image, fault, Now()));

    private EquatableArray<LedgerEvent> Apply(EquatableArray<LedgerEvent> events)
    {
        _state = events.Aggregate(_state, (state, @event) => state.Apply(@event));
        return events;
    }

    private LedgerContext Now() => new(_now, new HostId("host-1"), () => new Guid(++_ids, 0, 0, new byte[8]));
}
