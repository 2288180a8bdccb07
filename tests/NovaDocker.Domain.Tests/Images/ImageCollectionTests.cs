using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;

namespace NovaDocker.Domain.Tests.Images;

/// <summary>Which images go, and in which order.</summary>
public sealed class ImageCollectionTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly CollectionRules Rules = new(TimeSpan.FromHours(24), 85, 80, TimeSpan.FromMinutes(10));

    [Fact]
    public void What_nobody_has_used_for_long_goes_and_what_was_used_lately_stays()
    {
        var (old, late) = (Image(1, unusedFor: 24), Image(2, unusedFor: 23));

        var plan = Plan([late, old]);

        Assert.Equal([(old.Id, CollectReason.Age)], Going(plan));
        Assert.Contains("23 h ago, and 24 h is allowed", plan[1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_age_nothing_goes_for_it() =>
        Assert.Empty(Going(Plan([Image(1, unusedFor: 100_000)], rules: Rules with { UnusedFor = null })));

    [Theory]
    [InlineData("Used by 1 instance.")]
    [InlineData("Used by 2 containers of somebody else.")]
    [InlineData("A pull of it is under way.")]
    [InlineData("It came 9 min ago; for 10 min it stays in any case.")]
    [InlineData("It is not in the ledger of this host: it was never loaded for it, or another host of this Engine did.")]
    public void What_is_used_needed_young_or_not_ours_stays_whoever_asks(string why)
    {
        var image = why[..6] switch
        {
            "Used b" when why.Contains("instance", StringComparison.Ordinal) => Image(1) with { Instances = 1, Containers = 1 },
            "Used b" => Image(1) with { Containers = 2 },
            "A pull" => Image(1) with { Need = why },
            "It cam" => Image(1) with { LoadedAt = Now.AddMinutes(-9) },
            _ => Image(1) with { IsInLedger = false },
        };

        foreach (var isDemanded in (bool[])[true, false])
        {
            var verdict = Assert.Single(Plan([image], Disk(used: 100), isDemanded: isDemanded));
            Assert.Equal((null, why, 0L), (verdict.Reason, verdict.Why, verdict.FreedBytes));
        }
    }

    [Fact]
    public void Above_the_high_mark_those_used_longest_ago_go_until_the_low_one()
    {
        var images = Enumerable.Range(1, 5).Select(i => Image(i, unusedFor: i, bytes: 4)).ToArray();

        var plan = Plan(images, Disk(used: 86));

        Assert.Equal([(images[4].Id, CollectReason.Disk), (images[3].Id, CollectReason.Disk)], Going(plan));
        Assert.Equal(8, plan.Sum(verdict => verdict.FreedBytes));
    }

    [Fact]
    public void At_the_high_mark_nothing_goes() => Assert.Empty(Going(Plan([Image(1, unusedFor: 1)], Disk(used: 85))));

    [Fact]
    public void What_goes_for_its_age_makes_room_for_the_others()
    {
        var (old, late) = (Image(1, unusedFor: 30, bytes: 2), Image(2, unusedFor: 1, bytes: 50));

        Assert.Equal([(old.Id, CollectReason.Age)], Going(Plan([old, late], Disk(used: 87))));
    }

    [Fact]
    public void On_demand_all_goes_that_nobody_uses()
    {
        var images = Enumerable.Range(1, 3).Select(i => Image(i, unusedFor: i)).ToArray();

        Assert.All(Plan(images, isDemanded: true), verdict => Assert.Equal(CollectReason.OnDemand, verdict.Reason));
    }

    [Fact]
    public void What_has_tags_of_others_loses_ours_alone_and_frees_nothing()
    {
        var verdict = Assert.Single(Plan([Image(1, unusedFor: 30) with { Tags = 2 }]));

        Assert.Equal((CollectReason.Age, 0L), (verdict.Reason, verdict.FreedBytes));
        Assert.EndsWith("It has further tags, and loses ours alone.", verdict.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_tags_of_others_does_not_go_for_the_sake_of_room() =>
        Assert.Empty(Going(Plan([Image(1, unusedFor: 1) with { Tags = 2 }], Disk(used: 99))));

    [Fact]
    public void Two_images_that_are_one_in_the_Engine_free_it_with_the_second()
    {
        var (one, two) = (Image(1, unusedFor: 40, bytes: 7) with { Tags = 2 }, Image(2, unusedFor: 30, bytes: 7) with { Tags = 2, EngineImageId = "sha256:1" });

        Assert.Equal([0L, 7L], Plan([one, two]).Select(verdict => verdict.FreedBytes));
    }

    private static EquatableArray<ImageVerdict> Plan(
        IReadOnlyCollection<ImageStanding> images, DiskUse? disk = null, CollectionRules? rules = null, bool isDemanded = false) =>
        ImageCollection.Plan(images, disk, rules ?? Rules, Now, isDemanded);

    private static IEnumerable<(ImageId Id, CollectReason Reason)> Going(IEnumerable<ImageVerdict> plan) =>
        plan.Where(verdict => verdict.Reason is not null).Select(verdict => (verdict.Image.Id, verdict.Reason!.Value));

    private static ImageStanding Image(int number, double unusedFor = 2, long bytes = 1) => new(
        new ImageId(new Guid(number, 0, 0, new byte[8])), $"image-{number}", $"sha256:{number}", bytes, Now.AddDays(-30),
        Now.AddHours(-unusedFor));

    private static DiskUse Disk(long used) => new("/docker", 100, 100 - used);
}
