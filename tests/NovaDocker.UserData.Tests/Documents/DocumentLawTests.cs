using System.Text;
using CsCheck;
using NovaDocker.Domain.Options;
using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Tests.Documents;

/// <summary>What holds for every sequence of bytes and for every tree. A failure names the seed that repeats it.</summary>
public sealed class DocumentLawTests
{
    private const int Documents = 3_000;

    private static readonly string[] Valid =
    [
        "environment :\n  etcd : 10.144.192.168\nvolumes :\n  /var/run/docker.sock : /var/run/docker.sock\n",
        "volumes : {/tmp/test112233 : /tmp/test112233}\n",
        "a: &x [1, two, {b: c}]\nb: *x\nc:\n- d\n- e: f\n  g: h\n",
        "text: |\n  one\n   two\n\n  three\nfold: >-\n  a\n  b\n\n  c\nq: \"x\\ty\\u20ac\"\ns: 'it''s'\n",
        "command: [sh, -c, \"echo hi: there # no\"]\nuser: nobody # yes\n? long\n: v\n",
        "{\"a\": {\"b\": [1, 2.10, \"x\"], \"c\": null}, \"d\": \"\\ud83d\\ude00\"}\n",
        "%YAML 1.1\n--- # first\na: !!str 012\n'b': ~\n...\n",
    ];

    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.OneOfConst(
            "[", "]", "{", "}", ",", ":", "?", "-", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", " ", "\n", "\t", "~", "\\"),
        Gen.OneOfConst(
            ": ", "- ", "? ", "\n- ", "\n  ", "---\n", "...\n", "!!str ", "!!int ", "&a ", "*a ", "*a", "<<: ", "|1\n", "\r\n", "\r",
            "\\u", "\\ud83d", "\\x4", "\u2028", "\0", "é", "😀", "%TAG !a! b\n", "#!", "#cloud-config\n", "a", "1", "k: v\n", "\"a\": "));

    [Fact]
    public void Any_bytes_lead_to_a_tree_or_to_faults_or_to_nothing_at_all() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Sound(bytes), iter: Documents);

    [Fact]
    public void Any_pieces_of_the_grammar_do() =>
        Gen.OneOf(Piece.Array[0, 40], Piece.Array[0, 400])
            .Sample(pieces => Sound(string.Concat(pieces)), iter: Documents * 3);

    [Fact]
    public void Any_piece_over_and_over_does() =>
        Gen.Select(Piece.Array[0, 3], Piece.Array[1, 4], Gen.Int[1, 2_000])
            .Sample((begin, piece, times) => Sound(string.Concat(begin) + string.Concat(Enumerable.Repeat(string.Concat(piece), times))), iter: Documents);

    [Fact]
    public void Any_change_of_a_valid_document_does() =>
        Gen.Select(Gen.OneOfConst(Valid), Gen.Select(Gen.Double.Unit, Gen.Int[0, 6], Piece).Array[1, 5])
            .Sample((document, changes) => Sound(changes.Aggregate(document, (text, change) => Changed(text, change))), iter: Documents * 3);

    [Fact]
    public void Any_nesting_does() =>
        Gen.OneOfConst("[", "{a: ", "{\"a\": ", "- ", "? ", "\n", "a:\n", "]", "}", "&a ", "*a", " ", ",").Array[0, 60]
            .Sample(pieces => Sound("a: " + string.Concat(pieces)), iter: Documents);

    [Fact]
    public void Any_document_in_base64_is_what_it_is_without() =>
        Gen.Select(Gen.OneOfConst(Valid), Gen.Select(Gen.Double.Unit, Gen.Int[0, 6], Piece).Array[0, 3])
            .Sample(
                (document, changes) =>
                {
                    var plain = Encoding.UTF8.GetBytes(changes.Aggregate(document, (text, change) => Changed(text, change)));
                    var (expected, actual) = (UserDataDocument.Parse(plain), Parse(Convert.ToBase64String(plain)));
                    Assert.Equal(expected.Kind, actual.Kind);
                    Assert.Equal(expected.Faults.Length, actual.Faults.Length);
                    Assert.Equal(expected.Root is null, actual.Root is null);
                    if (expected.Root is not null)
                        Assert.Equal(RandomTree.Shape(expected.Root), RandomTree.Shape(actual.Root!));
                },
                iter: Documents);

    [Fact]
    public void A_tree_in_JSON_reads_back_as_itself() =>
        Gen.Select(RandomTree.Json, Gen.Bool)
            .Sample((tree, indented) => ReadsBack(tree, RandomTree.AsJson(tree, indented)), iter: Documents);

    [Fact]
    public void A_tree_in_YAMLs_flow_style_reads_back_as_itself() =>
        RandomTree.Yaml.Sample(tree => ReadsBack(tree, RandomTree.AsFlow(tree)), iter: Documents);

    [Fact]
    public void A_tree_in_YAMLs_block_style_reads_back_as_itself() =>
        RandomTree.Yaml.Sample(tree => ReadsBack(tree, RandomTree.AsBlock(tree)), iter: Documents);

    [Fact]
    public void Every_scalar_is_where_its_place_says() =>
        RandomTree.Json.Sample(
            tree =>
            {
                var text = RandomTree.AsJson(tree, true);
                var lines = text.Split('\n');
                foreach (var scalar in Scalars(Docs.Read(text)))
                {
                    var runes = lines[scalar.Mark.Line - 1].EnumerateRunes().Skip(scalar.Mark.Column - 1);
                    Assert.StartsWith(RandomTree.AsJson(scalar, false), string.Concat(runes), StringComparison.Ordinal);
                }
            },
            iter: Documents);

    private static UserDataDocument Parse(string text) => UserDataDocument.Parse(Encoding.UTF8.GetBytes(text));

    private static void ReadsBack(UserDataNode tree, string text)
    {
        var document = Parse(text);
        Assert.True(document.Faults.IsEmpty, $"{string.Join("; ", document.Faults)} in\n{text}");
        Assert.Equal(RandomTree.Shape(tree), RandomTree.Shape(document.Root!));
    }

    private static void Sound(string text) => Sound(Encoding.UTF8.GetBytes(text));

    private static void Sound(byte[] bytes)
    {
        var document = UserDataDocument.Parse(bytes);
        Assert.True(document.Root is null || (document.Faults.IsEmpty && document.Kind == UserDataKind.ContainerOptions));
        Assert.True(document.Faults.IsEmpty || document.Kind == UserDataKind.ContainerOptions);
        var lines = Encoding.UTF8.GetString(bytes).Count(unit => unit is '\n' or '\r') + 1;
        foreach (var fault in document.Faults)
        {
            Assert.NotEmpty(fault.Problem);
            Assert.True(fault.Mark is not { } mark || (mark.Line >= 1 && mark.Line <= lines && mark.Column >= 1), fault.ToString());
            Assert.DoesNotContain(fault.ToString(), char.IsControl);
        }

        if (document.Root is not null)
        {
            Assert.True(Depth(document.Root) <= TreeBuilder.MaxDepth);
            Assert.DoesNotContain(Scalars(document.Root), scalar => scalar.Text.Contains('\0', StringComparison.Ordinal));
            AssertKeys(document.Root);
        }
    }

    private static void AssertKeys(UserDataNode node)
    {
        if (node is UserDataNode.Mapping map)
        {
            Assert.Equal(map.Entries.Count, map.Entries.Select(entry => entry.Key.Text).Distinct(StringComparer.Ordinal).Count());
            Assert.DoesNotContain(map.Entries, entry => entry.Key.Text.Length == 0 || entry.Key.IsNull);
        }

        foreach (var child in Children(node))
            AssertKeys(child);
    }

    private static IEnumerable<UserDataNode> Children(UserDataNode node) => node switch
    {
        UserDataNode.Sequence list => list.Items,
        UserDataNode.Mapping map => map.Entries.SelectMany(entry => (UserDataNode[])[entry.Key, entry.Value]),
        _ => [],
    };

    private static IEnumerable<UserDataNode.Scalar> Scalars(UserDataNode node) =>
        node is UserDataNode.Scalar scalar ? [scalar] : Children(node).SelectMany(Scalars);

    private static int Depth(UserDataNode node) =>
        node is UserDataNode.Scalar ? 0 : 1 + Children(node).Select(Depth).DefaultIfEmpty(0).Max();

    /// <summary>Some characters give way to a piece of the grammar.</summary>
    private static string Changed(string text, (double Where, int Length, string Piece) change)
    {
        var start = (int)(change.Where * text.Length);
        var length = Math.Min(change.Length, text.Length - start);
        return text[..start] + change.Piece + text[(start + length)..];
    }
}
