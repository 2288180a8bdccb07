using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Tests.Documents;

public sealed class YamlDocumentTests
{
    [Theory]
    [InlineData("a: yes\nb: 012\nc: 1.10\nd: 0x1F\ne: 1_000\nf: 12:30\ng: .5", "{a: yes, b: 012, c: 1.10, d: 0x1F, e: 1_000, f: 12:30, g: .5}")]
    [InlineData("a: 'yes'\nb: \"~\"\nc: '~'\nd: ~\ne: null\nf:", "{a: 'yes', b: '~', c: '~', d: ~, e: null, f: }")]
    [InlineData("a: 'it''s'\nb: \"x\\ty\\u20ac\\U0001F600\\x41\\/\\e\"", "{a: 'it's', b: 'x\ty€😀A/\u001b'}")]
    [InlineData("a: \"\\ud83d\\ude00\"", "{a: '😀'}")]
    [InlineData("a: |\n  one\n   two\n\n  three\nb: |-\n  x\n\nc: |+\n  y\n\n", "{a: 'one\n two\n\nthree\n', b: 'x', c: 'y\n\n'}")]
    [InlineData("a: >\n  one\n  two\n\n  three\nb: >-\n  x\n  y\n", "{a: 'one two\nthree\n', b: 'x y'}")]
    [InlineData("a: |2\n   x\n  y\n", "{a: ' x\ny\n'}")]
    [InlineData("a: one\n  two\n\n  three\nb: \"one\n  two\"", "{a: one two\nthree, b: 'one two'}")]
    [InlineData("cmd: curl -f http://localhost/ || exit 1 # of it\n", "{cmd: curl -f http://localhost/ || exit 1}")]
    [InlineData("cmd: echo a#b 'c' \"d\" {e} [f] *g &h !i | > %j @k `l`", "{cmd: echo a#b 'c' \"d\" {e} [f] *g &h !i | > %j @k `l`}")]
    [InlineData("a : 1\n'b' : 2\n\"c\" : 3\n? d\n: 4\n? e", "{a: 1, 'b': 2, 'c': 3, d: 4, e: }")]
    [InlineData("a:\n- 1\n- - 2\n  - 3\n- b: 4\n  c: 5\n-", "{a: [1, [2, 3], {b: 4, c: 5}, ]}")]
    [InlineData("a: [1, 'two', [], {b: c}, d: e,]\nf: {}", "{a: [1, 'two', [], {b: c}, {d: e}], f: {}}")]
    [InlineData("a: {b, c: , \"d\":1, e: -1}", "{a: {b: , c: , 'd': 1, e: -1}}")]
    [InlineData("80: 8080\n1.0: x\ntrue: y\n-: z", "{80: 8080, 1.0: x, true: y, -: z}")]
    [InlineData("é: ü\n日本: 😀", "{é: ü, 日本: 😀}")]
    [InlineData("--- # first\na: 1\n...\n# the end\n", "{a: 1}")]
    [InlineData("%YAML 1.1\n---\na: 1\n", "{a: 1}")]
    [InlineData("a: -x\nb: --y\nc: :z\nd: ?w\ne: a:b\nf: <<", "{a: -x, b: --y, c: :z, d: ?w, e: a:b, f: <<}")]
    [InlineData("a:\n\t- 1\n", null)]
    [InlineData("'<<': 1\n'null': 2", "{'<<': 1, 'null': 2}")]
    public void Texts_stay_as_written(string text, string? tree)
    {
        if (tree is null)
            Docs.Fault(text);
        else
            Assert.Equal(tree, Docs.Tree(text));
    }

    [Theory]
    [InlineData("a: !!str 012\nb: !!str yes\nc: !!str\nd: !!str null", "{a: '012', b: 'yes', c: '', d: 'null'}")]
    [InlineData("a: !!int \"12\"\nb: !!bool 'true'\nc: !!float '1e3'\nd: !!null ''", "{a: 12, b: true, c: 1e3, d: }")]
    [InlineData("a: !!seq [1]\nb: !!map {c: 1}\n!!str d: 1", "{a: [1], b: {c: 1}, 'd': 1}")]
    [InlineData("a: !<tag:yaml.org,2002:str> 1", "{a: '1'}")]
    [InlineData("%TAG !y! tag:yaml.org,2002:\n---\na: !y!str 1", "{a: '1'}")]
    public void Tags_of_the_core_schema_say_what_a_scalar_is(string text, string tree) => Assert.Equal(tree, Docs.Tree(text));

    [Fact]
    public void Null_is_what_YAML_calls_so_and_nothing_in_quotes()
    {
        var root = Docs.Read("a: ~\nb: null\nc:\nd: '~'\ne: \"\"\nf: nil\ng: !!null null");
        Assert.Equal(
            [true, true, true, false, false, false, true],
            root.Entries.Select(entry => ((UserDataNode.Scalar)entry.Value).IsNull));
    }

    [Fact]
    public void Places_are_counted_in_characters_from_1()
    {
        var root = Docs.Read("# c\r\na :  1\r\né😀: [x, \"y\"]\n\nb:\n  - c: |\n      text\n    d:   'z'\ne: [f: g]\n");
        Assert.Equal(new Mark(2, 1), root.Mark);
        Assert.Equal(new Mark(2, 6), root.At("a").Mark);
        Assert.Equal(new Mark(3, 1), root.Entries[1].Key.Mark);
        Assert.Equal(new Mark(3, 5), root.At("é😀").Mark);
        Assert.Equal(new Mark(3, 9), root.At("é😀").At(1).Mark);
        Assert.Equal(new Mark(6, 3), root.At("b").Mark);
        Assert.Equal(new Mark(6, 5), root.At("b").At(0).Mark);
        Assert.Equal(new Mark(6, 8), root.At("b").At(0).At("c").Mark);
        Assert.Equal(new Mark(8, 10), root.At("b").At(0).At("d").Mark);
        Assert.Equal(new Mark(9, 5), root.At("e").At(0).Mark);
        Assert.Equal(new Mark(9, 8), root.At("e").At(0).At("f").Mark);
    }

    [Fact]
    public void An_alias_is_the_node_itself_and_not_a_copy()
    {
        var root = Docs.Read("a: &x {b: [1]}\nc: *x\nd: [*x, *x]\n");
        Assert.Same(root.At("a"), root.At("c"));
        Assert.Same(root.At("a"), root.At("d").At(1));
    }

    [Fact]
    public void An_alias_can_stand_for_a_key_which_is_where_the_alias_is()
    {
        var root = Docs.Read("a: &x b\n*x : 1\n&y c: *y\n");
        Assert.Equal("{a: b, b: 1, c: c}", Docs.Tree(root));
        Assert.Equal(new Mark(2, 1), root.Entries[1].Key.Mark);
        Assert.Equal(new Mark(1, 4), root.At("a").Mark);
    }

    [Fact]
    public void The_last_anchor_of_a_name_counts() =>
        Assert.Equal("{a: 1, b: 1, c: 2, d: 2}", Docs.Tree("a: &x 1\nb: *x\nc: &x 2\nd: *x\n"));
}
