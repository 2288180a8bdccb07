using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Tests.Hosts;

public sealed class ClaimLedgerTests
{
    private static readonly HostCapacity Capacity = new(MemoryMb: 1000, Vcpus: 4, Processors: 4);

    private readonly ClaimLedger _ledger = new();

    [Fact]
    public void What_fits_is_set_aside_to_the_last_of_it()
    {
        Assert.Null(_ledger.TryClaim(Sample.NewId(), new Claim(600, 2), Capacity));
        Assert.Null(_ledger.TryClaim(Sample.NewId(), new Claim(400, 2), Capacity));

        Assert.Equal((1000, 4, 2), (_ledger.MemoryMb, _ledger.Vcpus, _ledger.Count));
    }

    [Theory]
    [InlineData(401, 1, "401 MiB of memory are asked for; the host has 400 left.")]
    [InlineData(1, 3, "3 processors are asked for; the host has 2 left.")]
    public void What_does_not_fit_is_refused_and_changes_nothing(int memory, int vcpus, string message)
    {
        _ledger.TryClaim(Sample.NewId(), new Claim(600, 2), Capacity);

        var fault = _ledger.TryClaim(Sample.Id, new Claim(memory, vcpus), Capacity);

        Assert.Equal(new Fault(FaultCode.NoCapacity, message), fault);
        Assert.Equal((600, 2, 1), (_ledger.MemoryMb, _ledger.Vcpus, _ledger.Count));
    }

    [Fact]
    public void A_repeated_claim_is_granted_and_counted_once()
    {
        _ledger.TryClaim(Sample.Id, new Claim(600, 2), Capacity);

        Assert.Null(_ledger.TryClaim(Sample.Id, new Claim(600, 2), Capacity));
        Assert.Equal((600, 2, 1), (_ledger.MemoryMb, _ledger.Vcpus, _ledger.Count));
    }

    [Fact]
    public void What_is_given_back_is_free_again_and_only_once()
    {
        _ledger.TryClaim(Sample.Id, new Claim(600, 2), Capacity);

        _ledger.Release(Sample.Id);
        _ledger.Release(Sample.Id);

        Assert.Equal((0, 0, 0), (_ledger.MemoryMb, _ledger.Vcpus, _ledger.Count));
    }

    [Fact]
    public void What_stands_is_held_beyond_the_hosts_capacity()
    {
        _ledger.Hold(Sample.Id, new Claim(5000, 40));
        _ledger.Hold(Sample.Id, new Claim(5000, 40));

        Assert.Equal((5000, 40, 1), (_ledger.MemoryMb, _ledger.Vcpus, _ledger.Count));
        Assert.NotNull(_ledger.TryClaim(Sample.NewId(), new Claim(1, 1), Capacity));
    }

    [Fact]
    public void What_was_given_back_is_not_held_again_on_the_word_of_an_older_look()
    {
        _ledger.Hold(Sample.Id, new Claim(600, 2));
        _ledger.Release(Sample.Id);

        _ledger.HoldSeen(Sample.Id, new Claim(600, 2));

        Assert.Equal(0, _ledger.Count);
    }

    [Fact]
    public void What_is_seen_and_was_never_given_back_is_held()
    {
        _ledger.HoldSeen(Sample.Id, new Claim(600, 2));

        Assert.Equal((600, 2, 1), (_ledger.MemoryMb, _ledger.Vcpus, _ledger.Count));
    }

    [Fact]
    public void A_claim_is_raised_where_there_is_room_for_the_difference_and_lowered_always()
    {
        _ledger.TryClaim(Sample.Id, new Claim(600, 2), Capacity);
        _ledger.TryClaim(Sample.NewId(), new Claim(300, 1), Capacity);

        Assert.Null(_ledger.TryClaim(Sample.Id, new Claim(700, 3), Capacity));
        Assert.Equal((1000, 4, 2), (_ledger.MemoryMb, _ledger.Vcpus, _ledger.Count));
        Assert.NotNull(_ledger.TryClaim(Sample.Id, new Claim(701, 1), Capacity));
        Assert.Equal((1000, 4, 2), (_ledger.MemoryMb, _ledger.Vcpus, _ledger.Count));
        Assert.Null(_ledger.TryClaim(Sample.Id, new Claim(100, 1), Capacity));
        Assert.Equal((400, 2, 2), (_ledger.MemoryMb, _ledger.Vcpus, _ledger.Count));
    }

    [Fact]
    public void A_claim_is_lowered_also_where_the_host_has_given_away_more_than_it_has()
    {
        _ledger.Hold(Sample.Id, new Claim(2000, 8));

        Assert.Null(_ledger.TryClaim(Sample.Id, new Claim(1900, 8), Capacity));
        Assert.NotNull(_ledger.TryClaim(Sample.Id, new Claim(1900, 9), Capacity));

        Assert.Equal((1900, 8), (_ledger.MemoryMb, _ledger.Vcpus));
    }

    [Fact]
    public void Labels_that_are_older_than_the_last_resize_do_not_change_what_is_known()
    {
        _ledger.TryClaim(Sample.Id, new Claim(600, 2), Capacity);

        _ledger.HoldSeen(Sample.Id, new Claim(256, 1));

        Assert.Equal((600, 2), (_ledger.MemoryMb, _ledger.Vcpus));
    }

    [Fact]
    public void What_labels_say_is_corrected_by_what_the_instances_say()
    {
        _ledger.HoldSeen(Sample.Id, new Claim(100, 1));

        _ledger.HoldKnown([View(Sample.Id), View(Sample.NewId())]);

        Assert.Equal((256, 2, 1), (_ledger.MemoryMb, _ledger.Vcpus, _ledger.Count));
    }

    [Fact]
    public void A_size_that_is_only_being_asked_for_is_not_set_aside_before_there_is_room_for_it()
    {
        _ledger.HoldSeen(Sample.Id, new Claim(100, 1));

        _ledger.HoldKnown([View(Sample.Id) with { Phase = InstancePhase.Resizing, Operation = Resizing }]);

        Assert.Equal((100, 1), (_ledger.MemoryMb, _ledger.Vcpus));
    }

    private static OperationView Resizing =>
        new(new OperationId(Sample.Ids.Next()), InstanceVerb.Resize, StepKind.ClaimResources, 1, null, null);

    private static InstanceView View(InstanceId id) => Ports.View(id, 9, InstancePhase.Active);

    [Theory]
    [InlineData(8192, 512, 1.0, 7680)]
    [InlineData(8192, 0, 1.5, 12288)]
    [InlineData(256, 512, 1.0, 0)]
    public void Capacity_is_the_machine_less_the_reserve_times_the_ratio(long memory, int reserved, double ratio, long expected)
    {
        var info = new EngineInfo("id", "20.10", "1.41", 4, memory << 20, "x86_64");

        var capacity = HostCapacity.Of(
            info, new HostSettings { ReservedMemoryMb = reserved, MemoryAllocationRatio = ratio, CpuAllocationRatio = 2.5 });

        Assert.Equal(new HostCapacity(expected, 10, 4), capacity);
    }
}
