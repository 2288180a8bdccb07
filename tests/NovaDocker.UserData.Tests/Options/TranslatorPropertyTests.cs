using System.Diagnostics;
using System.Globalization;
using CsCheck;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;
using NovaDocker.UserData.Options;

namespace NovaDocker.UserData.Tests.Options;

/// <summary>What holds for every document.</summary>
public sealed class TranslatorPropertyTests
{
    /// <summary>What thousands of faults may take, each with a key that was likely meant.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    /// <summary>Words that lead somewhere: keys, fields, and values from the samples.</summary>
    private static readonly string[] KnownWords =
    [
        "HostConfig", "host_config", .. OptionTable.Rows.SelectMany(row => row.Keys).Select(key => key.Name).Distinct(),
        "Name", "Soft", "Hard", "Test", "Interval", "Type", "Config", "bind", "mode", "ro", "HostPort", "HostIp", "Key", "Value",
        "PathOnHost", "Count", "Capabilities", "DeviceIDs", "MaximumRetryCount", "/a", "/a:/b", "/a:/b:ro", "22/tcp", "127.0.0.1", "::1",
        "10.0.0.1:80", "512m", "-1", "0", "1", "22", "true", "a=b", "A=", "nofile=1:2", "CMD", "CMD-SHELL", "NONE", "lxc.utsname",
        "on-failure:3", "net.a.b=1", "a:b", ":", "=", "[", "'", "\\", "null", "",
    ];

    private static readonly Gen<string> Word = Gen.Frequency(
        (8, Gen.OneOfConst(KnownWords)), (1, Gen.String[0, 12]), (1, Gen.Long.Select(n => n.ToString(CultureInfo.InvariantCulture))));

    private static readonly Gen<Mark> Place = Gen.Select(Gen.Int[1, 50], Gen.Int[1, 80], (line, column) => new Mark(line, column));

    private static readonly Gen<UserDataNode.Scalar> Scalar =
        Gen.Select(Place, Word, Gen.Bool, (mark, text, plain) => new UserDataNode.Scalar(mark, text, plain));

    private static readonly Gen<UserDataNode.Mapping> Document = Mapping(Node(4));

    [Fact]
    public void Any_tree_is_translated_or_has_faults_and_never_throws() => Document.Sample(
        document =>
        {
            var translation = OptionTranslator.Translate(document);
            foreach (var fault in translation.Faults)
            {
                Assert.NotNull(fault.Mark);
                Assert.DoesNotContain(fault.ToString(), char.IsControl);
                Assert.InRange(fault.Problem.Length, 1, 500);
            }

            foreach (var note in translation.Notes)
                Assert.DoesNotContain(note, char.IsControl);
            foreach (var (name, asked) in translation.Asked)
                Assert.Equal(name, asked.Option);
        },
        iter: 5_000);

    [Fact]
    public void Each_key_by_itself_stands_any_value() => Gen.Select(
            Gen.OneOfConst(OptionTable.Rows.SelectMany(row => row.Keys).ToArray()), Node(3), Place, (key, value, mark) => (key, value, mark))
        .Sample(
            test =>
            {
                var translation = OptionTranslator.Translate(Under(test.key, test.value, test.mark));
                foreach (var asked in translation.Asked.Values)
                    Assert.True(asked.Elements.Count is 0 || asked.Elements.Count == Count(asked.Value));
            },
            iter: 10_000);

    [Fact]
    public void What_comes_out_is_taken_again_as_it_is() => Gen.Select(
            Gen.OneOfConst(OptionTable.Rows.SelectMany(row => row.Keys).ToArray()), Node(3), Place, (key, value, mark) => (key, value, mark))
        .Sample(test => AssertTakenAgain(OptionTranslator.Translate(Under(test.key, test.value, test.mark))), iter: 10_000);

    [Fact]
    public void What_comes_of_the_samples_is_taken_again_as_it_is() => Assert.All(
        from sample in Samples.All
        from good in sample.Good
        let key = OptionTable.Rows.Single(row => row.Option == sample.Title).Keys[0]
        select OptionTranslator.Translate(Under(key, Flow.Node(good.Value), new Mark(1, 1))),
        AssertTakenAgain);

    [Theory]
    [InlineData(5_000)]
    public void Thousands_of_unknown_keys_take_no_time(int count)
    {
        var mark = new Mark(1, 1);
        var document = new UserDataNode.Mapping(
            mark,
            [.. Enumerable.Range(0, count).Select(i => new UserDataEntry(new(mark, $"memlimi{i}", true), new UserDataNode.Scalar(mark, "1", true)))]);
        OptionTranslator.Translate(document);

        // Of the best run, since a busy machine adds to the others.
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < 20 && best > Longest; run++)
        {
            var begin = Stopwatch.GetTimestamp();
            Assert.Equal(count, OptionTranslator.Translate(document).Faults.Length);
            var time = Stopwatch.GetElapsedTime(begin);
            best = time < best ? time : best;
        }

        Assert.True(best <= Longest, $"{best.TotalMilliseconds} ms");
    }

    private static void AssertTakenAgain(OptionTranslation translation)
    {
        foreach (var asked in translation.Asked.Values.Where(asked => Again(asked) is not null))
        {
            var again = OptionTranslator.Translate(Again(asked)!);
            Assert.Empty(again.Faults);
            Assert.Equal(Reading.Shown(asked.Value), Reading.Shown(Assert.Single(again.Asked.Values).Value));
        }
    }

    /// <summary>A document that gives an option its canonical value; null where no key takes that as it is.</summary>
    private static UserDataNode.Mapping? Again(AskedOption asked)
    {
        var mark = new Mark(1, 1);
        UserDataNode Quoted(string text) => new UserDataNode.Scalar(mark, text, IsPlain: false);
        UserDataNode? value = asked.Value switch
        {
            _ when asked.Option is "publish" or "device-request" or "log-driver" or "log-opt" => null,
            OptionValue.Check => null,
            OptionValue.Words words => new UserDataNode.Sequence(mark, [.. words.Values.Select(Quoted)]),
            OptionValue.Pairs pairs => new UserDataNode.Mapping(
                mark, [.. pairs.Values.Select(pair => new UserDataEntry(new(mark, pair.Key, false), Quoted(pair.Value)))]),
            var scalar => Quoted(scalar is OptionValue.Switch ? "true" : Reading.Shown(scalar)),
        };
        return value is null ? null : Under(OptionTable.Rows.Single(row => row.Option == asked.Option).Keys[0], value, mark);
    }

    private static UserDataNode.Mapping Under(UserDataKey key, UserDataNode value, Mark mark)
    {
        var inner = new UserDataNode.Mapping(mark, [new UserDataEntry(new(mark, key.Name, true), value)]);
        return key.Places.HasFlag(KeyPlaces.Root)
            ? inner
            : new UserDataNode.Mapping(mark, [new UserDataEntry(new(mark, "HostConfig", true), inner)]);
    }

    private static int Count(OptionValue value) => value switch
    {
        OptionValue.Words words => words.Values.Count,
        OptionValue.Pairs pairs => pairs.Values.Count,
        _ => 0,
    };

    private static Gen<UserDataNode> Node(int depth)
    {
        var scalar = Scalar.Select(node => (UserDataNode)node);
        if (depth == 0)
            return scalar;
        var inner = Node(depth - 1);
        return Gen.Frequency(
            (4, scalar),
            (2, Gen.Select(Place, inner.List[0, 4], (mark, items) => (UserDataNode)new UserDataNode.Sequence(mark, items))),
            (3, Mapping(inner).Select(node => (UserDataNode)node)));
    }

    private static Gen<UserDataNode.Mapping> Mapping(Gen<UserDataNode> value) => Gen.Select(
        Place,
        Gen.Select(Scalar, value, (key, node) => new UserDataEntry(key, node)).List[0, 5],
        (mark, entries) => new UserDataNode.Mapping(mark, [.. entries.DistinctBy(entry => entry.Key.Text)]));
}
