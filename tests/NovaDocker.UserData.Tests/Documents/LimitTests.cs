using System.Diagnostics;
using System.Text;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Tests.Documents;

/// <summary>
/// What a document may cost. The worst that fits into user data is read or refused in <see cref="Longest"/> and
/// <see cref="MostBytes"/>.
/// </summary>
[Collection(Alone)]
public sealed class LimitTests
{
    private const string Alone = "a clock is watched";

    /// <summary>How often a reading may be tried again on a machine that has other things to do.</summary>
    private const int MostRuns = 30;

    private const int MostBytes = 32 << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>Pieces of which 64 KiB are made, each behind each of the beginnings.</summary>
    private static readonly string[] Pieces =
    [
        "[", "{", "- ", "? ", ": ", ":", "&a ", "&a", "*a ", "!a ", "!", "!!str ", "\"", "'", "%", "%a\n", "|", "|\n", ">\n", "---\n",
        "...\n", "a: ", "a:\n", "a\n", "- \n", "?\n", " ", "\n", "\t", "#", "# \n", "a,", ",", "[]", "{}", "]", "}", "\\", "\"a\":",
        "[\n", "{a: ", "{\"a\":", "[[],", "\"a\",", "1,", "a: 1, ", "<<: ", "\u20ac", "\U0001F600", "\"\\u0000\",", "\r", "@", "x y ",
        "\"\" ", "'' ", "*a,", "[*a],", "{*a : *a},", "a: [b]\n", "k: v\n", "- - - -\n", "\"\\", "''", "a #b ", "&a [", "&a {b: ",
    ];

    private static readonly string[] Beginnings = ["", "a: ", "a:\n - ", "{", "{\"a\": ", "{\"", "[", "a: \"", "a: '", "a: |1\n ", "a: &a [x]\nb: [", "? "];

    public static TheoryData<string> AllPieces => new(Pieces);

    /// <summary>Each refers ten times to the one before it.</summary>
    private static string Bomb(int levels)
    {
        var text = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i <= levels; i++)
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        return text.ToString();
    }

    [Theory]
    [MemberData(nameof(AllPieces))]
    public void The_worst_of_every_piece_is_bounded(string piece)
    {
        foreach (var beginning in Beginnings)
            Bounded(Filled(beginning, piece));
    }

    [Fact]
    public void The_worst_of_many_names_is_bounded()
    {
        static string Many(Func<int, string> piece)
        {
            var text = new StringBuilder();
            for (var i = 0; text.Length < UserDataDocument.MaxBytes; i++)
                text.Append(piece(i));
            return text.ToString(0, UserDataDocument.MaxBytes - 20);
        }

        Bounded(Many(i => $"k{i}: &a{i} v\n"));
        Bounded(Many(i => $"k{i}: &a{i} [{(i == 0 ? "x" : $"*a{i - 1}")}]\n"));
        Bounded(Many(i => $"{new string(' ', i % 300)}k{i}:\n"));
        Bounded("{" + Many(i => $"\"k{i}\":1,") + "\"z\":1}");
        Bounded("{" + Many(i => $"k{i}: 1,") + "}");
        Bounded("%YAML 1.1\n" + Many(i => $"%TAG !a{i}! b\n"));
        Bounded(Bomb(700));
    }

    [Fact]
    public void The_worst_of_long_texts_is_bounded()
    {
        var filling = new string('k', UserDataDocument.MaxBytes - 60);
        foreach (var text in (string[])[$"{filling}: 1", $"? {filling}\n: 1", $"\"{filling}\": 1", $"{{\"{filling}\": 1, \"x", $"a: !{filling} b",
            $"a: &{filling} b\nc: *x", $"a: *{filling}", $"{{\"a\": \"{filling}", $"a: {filling}", $"a: \"{filling}\"", $"a: |\n {filling}", $"%{filling}", $"a: !<{filling}> b", $"a: !!float {filling}",
            $"a: !!float {new string('1', 60_000)}x", $"a: !!int {new string('1', 60_000)}x"])
        {
            Bounded(text);
        }

        var key = new string('k', 30_000);
        Bounded($"{{\"{key}\": {{{string.Concat(Enumerable.Repeat("\"a\":1,", 5_000))}\"b\":1}}}}");
    }

    [Fact]
    public void The_worst_of_bytes_is_bounded()
    {
        Bounded(new byte[UserDataDocument.MaxBytes]);
        Bounded(Enumerable.Repeat((byte)0xff, UserDataDocument.MaxBytes).ToArray());
        Bounded([.. Encoding.ASCII.GetBytes("a: ".PadRight(UserDataDocument.MaxBytes - 1, 'x')), 0xc3]);
        Bounded(Encoding.ASCII.GetBytes("a: ".PadRight(UserDataDocument.MaxBytes - 1, 'x') + "\0"));
        Bounded(Encoding.ASCII.GetBytes(Convert.ToBase64String(new byte[49_149])));
        Bounded(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.ASCII.GetBytes("{".PadRight(49_149, '[')))));
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused_by_the_nodes_it_stands_for()
    {
        Assert.Empty(Docs.Parse(Bomb(2)).Faults);
        Assert.Equal(
            "line 4, column 45: the document has more than 10000 nodes, with aliases counted for what they stand for; no set of options needs that",
            Docs.Fault(Bomb(9)));
    }

    [Fact]
    public void As_many_nodes_as_the_limit_says_and_no_more()
    {
        // The root, the key and the list are three.
        static string List(int items, string item, string separator) => string.Join(separator, Enumerable.Repeat(item, items));
        const int most = TreeBuilder.MaxNodes - 3;
        Assert.Empty(Docs.Parse($"a: [{List(most, "1", ",")}]").Faults);
        Assert.Empty(Docs.Parse($"{{\"a\": [{List(most, "1", ",")}]}}").Faults);
        Assert.Contains("more than 10000 nodes", Docs.Fault($"a: [{List(most + 1, "1", ",")}]"), StringComparison.Ordinal);
        Assert.Contains("more than 10000 nodes", Docs.Fault($"{{\"a\": [{List(most + 1, "1", ",")}]}}"), StringComparison.Ordinal);

        // An alias counts for the three nodes of its mapping: the root, two keys and a list, the mapping, and 3331 times 3.
        Assert.Empty(Docs.Parse($"a: &x {{b: c}}\nd: [{List(3331, "*x", ",")}]").Faults);
        Assert.Contains("more than 10000 nodes", Docs.Fault($"a: &x {{b: c}}\nd: [{List(3332, "*x", ",")}]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "]", "1")]
    [InlineData("{a: ", "}", "1")]
    [InlineData("{\"a\": ", "}", "1")]
    [InlineData("[{a: ", "}]", "1")]
    public void As_deep_as_the_limit_says_and_no_deeper(string open, string close, string innermost)
    {
        string Nested(int levels)
        {
            var each = open.StartsWith("[{", StringComparison.Ordinal) ? 2 : 1;
            var nested = string.Concat(Enumerable.Repeat(open, levels / each)) + innermost + string.Concat(Enumerable.Repeat(close, levels / each));
            return levels % each == 0 ? nested : $"[{nested}]";
        }

        foreach (var document in (Func<int, string>[])[levels => $"a: {Nested(levels - 1)}", levels => $"{{\"a\": {Nested(levels - 1)}}}"])
        {
            Assert.Empty(Docs.Parse(document(TreeBuilder.MaxDepth)).Faults);
            Assert.Contains("lies deeper than 16 levels; no option needs that", Docs.Fault(document(TreeBuilder.MaxDepth + 1)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Blocks_are_as_deep_as_the_limit_says_and_no_deeper()
    {
        static string Mappings(int levels) => string.Concat(Enumerable.Range(0, levels).Select(i => new string(' ', i) + "a:\n"));
        static string Lists(int levels) => "a:\n " + string.Concat(Enumerable.Repeat("- ", levels - 1)) + "x";
        Assert.Empty(Docs.Parse(Mappings(TreeBuilder.MaxDepth)).Faults);
        Assert.Contains("deeper than 16 levels", Docs.Fault(Mappings(TreeBuilder.MaxDepth + 1)), StringComparison.Ordinal);
        Assert.Empty(Docs.Parse(Lists(TreeBuilder.MaxDepth)).Faults);
        Assert.Contains("deeper than 16 levels", Docs.Fault(Lists(TreeBuilder.MaxDepth + 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_leads_as_deep_as_the_limit_says_and_no_deeper()
    {
        // A list of eight levels below a key, and its alias below lists of its own.
        static string Document(int above) => $"a: &x [[[[[[[[1]]]]]]]]\nb: {new string('[', above)}*x{new string(']', above)}\n";
        Assert.Empty(Docs.Parse(Document(TreeBuilder.MaxDepth - 1 - 8)).Faults);
        Assert.Equal(
            "line 2, column 12: b[0][0][0][0][0][0][0][0] leads with '*x' deeper than 16 levels; no option needs that",
            Docs.Fault(Document(TreeBuilder.MaxDepth - 8)));
    }

    private static string Filled(string beginning, string piece) =>
        beginning + string.Concat(Enumerable.Repeat(piece, (UserDataDocument.MaxBytes - beginning.Length) / Encoding.UTF8.GetByteCount(piece)));

    private static void Bounded(string text) => Bounded(Encoding.UTF8.GetBytes(text));

    /// <summary>Time is that of the best run, since a busy machine adds to the others; memory is that of the worst.</summary>
    private static void Bounded(byte[] bytes)
    {
        Assert.True(bytes.Length <= UserDataDocument.MaxBytes);
        UserDataDocument.Parse(bytes);
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < MostRuns && best > Longest; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var begin = Stopwatch.GetTimestamp();
            UserDataDocument.Parse(bytes);
            var time = Stopwatch.GetElapsedTime(begin);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            best = time < best ? time : best;
            Assert.True(allocated <= MostBytes, $"{allocated} bytes for {Begin(bytes)}");
        }

        Assert.True(best <= Longest, $"{best.TotalMilliseconds} ms for {Begin(bytes)}");
    }

    private static string Begin(byte[] bytes) => Encoding.UTF8.GetString(bytes[..Math.Min(60, bytes.Length)]);

    /// <summary>Nothing else of this assembly runs beside it.</summary>
    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneCollection;
}
