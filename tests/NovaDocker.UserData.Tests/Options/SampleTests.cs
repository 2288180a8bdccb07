using NovaDocker.UserData.Options;

namespace NovaDocker.UserData.Tests.Options;

/// <summary>Every key of every row, in every place, with the samples of the row.</summary>
public sealed class SampleTests
{
    /// <summary>Rows whose keys do not all read the same; their tests are written out in classes of their own.</summary>
    private static readonly string[] Apart =
    [
        "volume", "bind", "expose", "publish", "log-driver", "log-opt", "NetworkDisabled", "LxcConf", "Image", "MacAddress", "detach",
    ];

    /// <summary>Nothing, in the forms that every option knows.</summary>
    private static readonly string[] Nothing = ["null", "~", "", "''", "[]", "{}"];

    public static TheoryData<string> Titles => [.. OptionTable.Rows.Select(row => row.Title).Except(Apart)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Good_values_are_taken_by_each_key(string title) => Assert.All(
        from document in Documents(title) from sample in Sample(title).Good select (document, sample),
        test => Assert.Equal([$"{title} = {test.sample.Canonical}"], Reading.Options(test.document(test.sample.Value))));

    [Theory]
    [MemberData(nameof(Titles))]
    public void Empty_null_and_zero_mean_not_set(string title) => Assert.All(
        from document in Documents(title) from value in Nothing.Concat(Sample(title).Unset) select document(value),
        document => Assert.Equal([], Reading.Options(document)));

    [Theory]
    [MemberData(nameof(Titles))]
    public void Wrong_types_and_impossible_values_are_faults_at_their_key(string title)
    {
        Assert.NotEmpty(Sample(title).WrongType);
        Assert.All(
            from document in Documents(title)
            from value in Sample(title).WrongType.Concat(Sample(title).Impossible)
            select document(value),
            document =>
            {
                var translation = Reading.Of(document);
                Assert.NotEmpty(translation.Faults);
                Assert.Empty(translation.Asked);
                Assert.All(translation.Faults, fault => Assert.NotNull(fault.Mark));
                Assert.All(translation.Faults, fault => Assert.EndsWith(fault.Problem.EndsWith('?') ? "?" : ".", fault.Problem, StringComparison.Ordinal));
            });
    }

    [Fact]
    public void Every_row_has_samples() =>
        Assert.Equal(OptionTable.Rows.Select(row => row.Title).Except(Apart).Order(), Samples.All.Select(sample => sample.Title).Order());

    private static Sample Sample(string title) => Array.Find(Samples.All, sample => sample.Title == title) ?? new Sample(title);

    /// <summary>For each key and place, what makes a document of a value.</summary>
    private static IEnumerable<Func<string, string>> Documents(string title)
    {
        foreach (var key in OptionTable.Rows.Single(row => row.Title == title).Keys)
        {
            if (key.Places.HasFlag(KeyPlaces.Root))
                yield return value => $"{{{key.Name}: {value}}}";
            if (!key.Places.HasFlag(KeyPlaces.HostConfig))
                continue;
            yield return value => $"{{HostConfig: {{{key.Name}: {value}}}}}";
            yield return value => $"{{host_config: {{{key.Name}: {value}}}}}";
        }
    }
}
