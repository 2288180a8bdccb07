using CsCheck;
using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Domain.Tests.Laws;

/// <summary>What holds of every collection, whatever the images, the disk and the rules.</summary>
public sealed class CollectionLawTests
{
    private const int Cases = 2000;

    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<ImageStanding> Image =
        from number in Gen.Int[1, 1_000_000]
        from bytes in Gen.Long[0, 40]
        from loaded in Gen.Int[0, 100]
        from used in Gen.Int[0, 100]
        from tags in Gen.Int[1, 2]
        from containers in Gen.Int[-3, 1]
        from isOurs in Gen.Int[0, 1]
        from isNeeded in Gen.Int[0, 6]
        from isInLedger in Gen.Int[0, 6]
        select new ImageStanding(
            new ImageId(new Guid(number, 1, 0, new byte[8])), $"i{number}", $"sha256:{number}", bytes, Now.AddHours(-loaded),
            Now.AddHours(-Math.Min(loaded, used)))
        {
            Tags = tags,
            Containers = Math.Max(0, containers),
            Instances = containers > 0 ? isOurs : 0,
            Need = isNeeded == 0 ? "Needed." : null,
            IsInLedger = isInLedger != 0,
        };

    private static readonly Gen<Case> Any =
        from images in Image.Array[0, 12]
        from used in Gen.Long[0, 100]
        from high in Gen.Int[1, 100]
        from low in Gen.Int[0, 100]
        from age in Gen.Int[0, 80]
        from minAge in Gen.Int[0, 50]
        from isDemanded in Gen.Bool
        select new Case(
            [.. images.DistinctBy(image => image.Id)], new DiskUse("/docker", 100, 100 - used),
            new CollectionRules(age == 0 ? null : TimeSpan.FromHours(age), high, Math.Min(low, high), TimeSpan.FromHours(minAge)),
            isDemanded);

    [Fact]
    public void Nothing_goes_that_is_used_needed_young_or_not_ours() => Hold(@case => Assert.All(
        @case.Going,
        verdict => Assert.True(
            verdict.Image is { Containers: 0, Instances: 0, Need: null, IsInLedger: true }
            && Now - verdict.Image.LoadedAt >= @case.Rules.MinAge, verdict.ToString())));

    [Fact]
    public void Every_image_has_one_verdict_and_a_reason_why() => Hold(@case =>
    {
        Assert.Equal(@case.Images.Select(image => image.Id).ToHashSet(), @case.Plan.Select(verdict => verdict.Image.Id).ToHashSet());
        Assert.Equal(@case.Images.Count, @case.Plan.Count);
        Assert.All(@case.Plan, verdict => Assert.NotEmpty(verdict.Why));
    });

    [Fact]
    public void For_the_sake_of_room_no_more_goes_than_leads_to_the_low_mark() => Hold(@case =>
    {
        var forRoom = @case.Going.Where(verdict => verdict.Reason == CollectReason.Disk).ToArray();
        if (forRoom.Length == 0)
            return;
        var others = @case.Going.Where(verdict => verdict.Reason != CollectReason.Disk).Sum(verdict => verdict.FreedBytes);
        var before = @case.Disk.UsedBytes - others;
        Assert.True(before > @case.Rules.HighPercent, "It was not above the high mark.");
        Assert.True(
            before - forRoom.SkipLast(1).Sum(verdict => verdict.FreedBytes) > @case.Rules.LowPercent, "The last one was not needed.");
    });

    [Fact]
    public void Where_the_disk_stays_too_full_nothing_is_left_that_would_make_room() => Hold(@case =>
    {
        if (@case.IsDemanded || @case.Disk.UsedBytes - @case.Freed <= @case.Rules.HighPercent)
            return;
        Assert.DoesNotContain(@case.Plan, verdict =>
            verdict.Reason is null && verdict.Image is { Containers: 0, Instances: 0, Need: null, IsInLedger: true, Tags: 1 }
            && Now - verdict.Image.LoadedAt >= @case.Rules.MinAge);
    });

    [Fact]
    public void For_the_sake_of_room_those_used_longest_ago_go_first() => Hold(@case =>
    {
        var lastToGo = @case.Going.Where(verdict => verdict.Reason == CollectReason.Disk)
            .Select(verdict => verdict.Image.LastUsed).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        Assert.DoesNotContain(@case.Plan, verdict =>
            verdict.Reason is null && verdict.Image.LastUsed < lastToGo
            && verdict.Image is { Containers: 0, Instances: 0, Need: null, IsInLedger: true, Tags: 1 }
            && Now - verdict.Image.LoadedAt >= @case.Rules.MinAge);
    });

    private static void Hold(Action<Case> law) => Any.Sample(law, iter: Cases);

    private sealed record Case(IReadOnlyList<ImageStanding> Images, DiskUse Disk, CollectionRules Rules, bool IsDemanded)
    {
        public EquatableArray<ImageVerdict> Plan { get; } = ImageCollection.Plan(Images, Disk, Rules, Now, IsDemanded);

        public IEnumerable<ImageVerdict> Going => Plan.Where(verdict => verdict.Reason is not null);

        public long Freed => Going.Sum(verdict => verdict.FreedBytes);
    }
}
