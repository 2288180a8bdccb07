using NovaDocker.UserData.Documents;

namespace NovaDocker.UserData.Tests.Documents;

public sealed class JsonDocumentTests
{
    [Theory]
    [InlineData("""{"a": 1.10}""", "{'a': 1.10}")]
    [InlineData("""{"a": 1e3, "b": -0, "c": 12345678901234567890123}""", "{'a': 1e3, 'b': -0, 'c': 12345678901234567890123}")]
    [InlineData("""{"a": true, "b": false, "c": null}""", "{'a': true, 'b': false, 'c': null}")]
    [InlineData("""{"a": "true", "b": "null", "c": "1"}""", "{'a': 'true', 'b': 'null', 'c': '1'}")]
    [InlineData("""{"a": "\ud83d\ude00\u20ac\/\\\"\n"}""", "{'a': '😀€/\\\"\n'}")]
    [InlineData("""{"a": "", "<<": [], "*x": {}}""", "{'a': '', '<<': [], '*x': {}}")]
    [InlineData("{\n\t\"a\":\t[\n\t\t1\n\t]\n}\n", "{'a': [1]}")]
    [InlineData("{\"a\":\"x: y # z\"}", "{'a': 'x: y # z'}")]
    public void Texts_stay_as_written(string text, string tree) => Assert.Equal(tree, Docs.Tree(text));

    [Fact]
    public void A_key_may_be_longer_than_YAML_allows()
    {
        var key = new string('k', 5000);
        Assert.Equal("v", Docs.Read($"{{\"{key}\":\"v\"}}").At(key).Text());
    }

    [Fact]
    public void Places_are_counted_in_characters_from_1()
    {
        var root = Docs.Read("\r\n{ \"a\": 1,\r \"😀é\": [\n\t{\"b\": \"x\"}] }");
        Assert.Equal(new Mark(2, 1), root.Mark);
        Assert.Equal(new Mark(2, 3), root.Entries[0].Key.Mark);
        Assert.Equal(new Mark(2, 8), root.At("a").Mark);
        Assert.Equal(new Mark(3, 2), root.Entries[1].Key.Mark);
        Assert.Equal(new Mark(3, 8), root.At("😀é").Mark);
        Assert.Equal(new Mark(4, 2), root.At("😀é").At(0).Mark);
        Assert.Equal(new Mark(4, 8), root.At("😀é").At(0).At("b").Mark);
    }

    [Theory]
    [InlineData("{a: b}", "{a: b}")]
    [InlineData("{}", "{}")]
    [InlineData("{\"a\": 1,}", "{'a': 1}")]
    [InlineData("{\"a\": 012}", "{'a': 012}")]
    [InlineData("{\"a\": 'x'}", "{'a': 'x'}")]
    [InlineData("{\"a\": yes}", "{'a': yes}")]
    [InlineData("{\"a\": 1, # of\n \"b\": 2}", "{'a': 1, 'b': 2}")]
    public void What_is_not_JSON_is_read_as_YAML(string text, string tree) => Assert.Equal(tree, Docs.Tree(text));

    [Theory]
    [InlineData("{\"a\": 1 \"b\": 2}", "line 1, column 9: cannot be read as JSON: '\"' is invalid after a value")]
    [InlineData("{\n\t\"a\": [1,\n\t2}\n", "line 3, column 3: cannot be read as JSON: '}' is invalid without a matching open")]
    [InlineData("{\"é😀\": tru!]", "line 1, column 11: cannot be read as JSON: 'tru!]' is an invalid JSON literal")]
    [InlineData("{\"a\": 1,\n \"b\": \"x}\n", "line 2, column 7: cannot be read as JSON: the quotation mark that stands here is never closed")]
    [InlineData("{\"a\": \"\\q\"}", "line 1, column 9: cannot be read as JSON: 'q' is an invalid escapable character")]
    [InlineData("{\"a\": {}}}", "line 1, column 10: cannot be read as JSON: '}' is invalid after a single JSON value")]
    [InlineData("{\"a\": ", "line 1, column 7: cannot be read as JSON: expected depth to be zero")]
    public void Whoever_quotes_the_first_key_means_JSON(string text, string problem) =>
        Assert.StartsWith(problem, Docs.Fault(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("{a: 1, b", "line 1, column 9: cannot be read as YAML: ")]
    [InlineData("{a: [1}", "line 1, column 7: cannot be read as YAML: ',' or ']' is expected here")]
    [InlineData("{", "line 1, column 2: cannot be read as YAML: a value is expected here")]
    public void Whoever_does_not_means_YAML(string text, string problem) =>
        Assert.StartsWith(problem, Docs.Fault(text), StringComparison.Ordinal);

    [Fact]
    public void A_wrong_literal_is_not_shown_in_full() =>
        Assert.True(Docs.Fault($"{{\"a\": t{new string('x', 60_000)}: [}}").Length < 300);

    [Fact]
    public void Duplicate_keys_are_all_named_with_both_places() =>
        Assert.Equal(
            [
                "line 2, column 2: a comes twice: the same key stands at line 1, column 2",
                "line 2, column 25: b[0].c comes twice: the same key stands at line 2, column 17",
            ],
            Docs.Faults("{\"a\": 1,\n \"a\": 2, \"b\": [{\"c\": 1, \"\\u0063\": 2}]}"));

    [Fact]
    public void Duplicate_keys_have_places_of_their_own() =>
        Assert.Equal("{'a': {'x': 1}, 'b': {'x': 1}, 'A': 1}", Docs.Tree("{\"a\":{\"x\":1},\"b\":{\"x\":1},\"A\":1}"));

    [Fact]
    public void Escapes_cannot_bring_in_what_the_text_cannot_have() =>
        Assert.Equal(
            [
                "line 1, column 7: a holds the character NUL, which no option can hold",
                "line 1, column 22: b[0] has half a surrogate pair in \"\\ud800\"; a character beyond U+FFFF takes two '\\u'",
                "line 1, column 33: the document has nothing for a key; a text is expected",
            ],
            Docs.Faults("{\"a\": \"\\u0000\", \"b\":[\"\\ud800\"], \"\": 1}"));
}
