using NovaDocker.Actors.Docker;
using NovaDocker.Actors.Hosts;
using NovaDocker.Actors.Tests.Equipment;
using NovaDocker.Domain.Common;

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
